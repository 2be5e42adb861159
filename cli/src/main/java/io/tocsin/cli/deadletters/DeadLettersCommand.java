package io.tocsin.cli.deadletters;

import picocli.CommandLine.Command;

/** {@code tocsin dead-letters}. */
@Command(
    name = "dead-letters",
    description = "What could not be handled: looked at, repaired and sent back, or given up.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ListLetters.class, ShowLetter.class, ReplayLetters.class, PurgeLetters.class})
public final class DeadLettersCommand {}
