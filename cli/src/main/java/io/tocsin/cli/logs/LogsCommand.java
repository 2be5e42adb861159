package io.tocsin.cli.logs;

import picocli.CommandLine.Command;

/** {@code tocsin logs}. */
@Command(
    name = "logs",
    description = "Finds log events, through the console.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SearchLogs.class, ExportLogs.class})
public final class LogsCommand {}
