package dev.mooring.cli.service.letters;

import dev.mooring.cli.terminal.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about dead letters. Without a subcommand it is wrong usage. */
@Command(
        name = "dead-letters",
        header = "Shows, replays and discards messages that could not be delivered.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  mooring dead-letters list"})
public final class DeadLettersCommand {
    private DeadLettersCommand() {}

    /** The command with its subcommands. */
    public static CommandLine in(Surroundings surroundings) {
        return new CommandLine(new DeadLettersCommand())
                .addSubcommand(new DeadLettersList(surroundings))
                .addSubcommand(new DeadLettersShow(surroundings))
                .addSubcommand(new DeadLettersReplay(surroundings))
                .addSubcommand(new DeadLettersDiscard(surroundings));
    }
}
