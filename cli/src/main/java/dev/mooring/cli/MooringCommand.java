package dev.mooring.cli;

import dev.mooring.cli.terminal.Notes;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code mooring} itself. Without a subcommand it is wrong usage. */
@Command(
        name = "mooring",
        header = "Keeps a Java service attached to its database, cache and backends.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        versionProvider = MooringCommand.Version.class,
        footer = {"", "Example:", "  mooring serve"})
final class MooringCommand {
    private final Notes notes;

    @SuppressWarnings("unused") // picocli reads it and prints the help itself
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Prints this help.")
    private boolean help;

    @SuppressWarnings("unused") // picocli reads it and prints the version itself
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Prints the version.")
    private boolean version;

    MooringCommand(Notes notes) {
        this.notes = notes;
    }

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Prints results and failures only: no progress, no hints.")
    void quiet(boolean wanted) {
        notes.silence(wanted);
    }

    /** The version in one line. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"mooring " + Build.ofThisProgram().version()};
        }
    }
}
