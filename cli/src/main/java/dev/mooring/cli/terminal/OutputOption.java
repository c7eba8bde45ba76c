package dev.mooring.cli.terminal;

import picocli.CommandLine.Option;

/** The option {@code -o} of every command that prints a result. */
public final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text or json (default: text).")
    private OutputFormat format = OutputFormat.TEXT;

    public boolean isJson() {
        return format == OutputFormat.JSON;
    }
}
