package io.tocsin.cli.notifier;

import picocli.CommandLine.Command;

/** {@code tocsin notifier routes}. */
@Command(
    name = "routes",
    description = "Who is told of what.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = TestRoutes.class)
public final class RoutesCommand {}
