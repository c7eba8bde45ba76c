package dev.mooring.cli.service.audit;

import dev.mooring.cli.terminal.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about the audit. Without a subcommand it is wrong usage. */
@Command(
        name = "audit",
        header = "Shows and verifies the audit of a running service.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  mooring audit list --since 24h"})
public final class AuditCommand {
    private AuditCommand() {}

    /** The command with its subcommands. */
    public static CommandLine in(Surroundings surroundings) {
        return new CommandLine(new AuditCommand())
                .addSubcommand(new AuditListCommand(surroundings))
                .addSubcommand(new AuditVerifyCommand(surroundings));
    }
}
