package dev.mooring.cli.service.audit;

import dev.mooring.cli.terminal.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about the audit. Without a subcommand it is wrong usage. */
@Command(
        name = "audit",
        header = "Verifies the audit of a running service.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  mooring audit verify"})
public final class AuditCommand {
    private AuditCommand() {}

    /** The command with its subcommand. */
    public static CommandLine in(Surroundings surroundings) {
        return new CommandLine(new AuditCommand()).addSubcommand(new AuditVerifyCommand(surroundings));
    }
}
