package dev.mooring.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code mooring} itself. Without a subcommand it is wrong usage. */
@Command(
        name = "mooring",
        header = "Keeps a Java service attached to its database, cache and backends.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  mooring serve"})
final class MooringCommand {
    @SuppressWarnings("unused") // picocli reads it and prints the help itself
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Prints this help.")
    private boolean help;
}
