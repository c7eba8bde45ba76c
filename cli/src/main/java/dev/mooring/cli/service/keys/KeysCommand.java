package dev.mooring.cli.service.keys;

import dev.mooring.cli.terminal.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about API keys. Without a subcommand it is wrong usage. */
@Command(
        name = "keys",
        header = "Makes, lists and revokes the API keys of a running service.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  mooring keys create training --scopes models:read,models:write --for 90d"})
public final class KeysCommand {
    private KeysCommand() {}

    /** The command with its subcommands. */
    public static CommandLine in(Surroundings surroundings) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new KeysCreate(surroundings))
                .addSubcommand(new KeysList(surroundings))
                .addSubcommand(new KeysRevoke(surroundings));
    }
}
