package dev.mooring.cli.service.pool;

import dev.mooring.cli.terminal.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about connection pools. Without a subcommand it is wrong usage. */
@Command(
        name = "pool",
        header = "Shows and empties the connection pools of a running service.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  mooring pool evict database --reason \"connections to the old primary\""})
public final class PoolCommand {
    private PoolCommand() {}

    /** The command with its subcommands. */
    public static CommandLine in(Surroundings surroundings) {
        return new CommandLine(new PoolCommand())
                .addSubcommand(new PoolShow(surroundings))
                .addSubcommand(new PoolEvict(surroundings));
    }
}
