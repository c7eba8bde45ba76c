package dev.mooring.cli.service.breaker;

import dev.mooring.cli.terminal.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about circuit breakers. Without a subcommand it is wrong usage. */
@Command(
        name = "breaker",
        header = "Shows and forces the circuit breakers of a running service.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  mooring breaker open mlflow --reason \"upgrade to 3.16\" --for 30m"})
public final class BreakerCommand {
    private BreakerCommand() {}

    /** The command with its subcommands. */
    public static CommandLine in(Surroundings surroundings) {
        return new CommandLine(new BreakerCommand())
                .addSubcommand(new BreakerList(surroundings))
                .addSubcommand(new BreakerShow(surroundings))
                .addSubcommand(new BreakerOpen(surroundings))
                .addSubcommand(new BreakerBypass(surroundings))
                .addSubcommand(new BreakerClose(surroundings))
                .addSubcommand(new BreakerReset(surroundings));
    }
}
