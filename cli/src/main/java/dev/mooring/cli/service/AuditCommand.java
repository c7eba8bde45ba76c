package dev.mooring.cli.service;

import picocli.CommandLine.Command;

/** The commands about the audit. Without a subcommand it is wrong usage. */
@Command(
        name = "audit",
        header = "Verifies the audit of a running service.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  mooring audit verify"})
public final class AuditCommand {}
