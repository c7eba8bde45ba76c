package dev.mooring.cli.service;

import picocli.CommandLine.Option;

/** The option {@code --reason} of every act that needs one. */
public final class ReasonOption {
    @Option(
            names = {"-r", "--reason"},
            required = true,
            paramLabel = "REASON",
            description = "Why. Other operators and the audit read it.")
    private String reason = "";

    public String text() {
        return reason;
    }
}
