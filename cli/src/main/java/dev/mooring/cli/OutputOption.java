package dev.mooring.cli;

import picocli.CommandLine.Option;

/** The option {@code -o} of every command that prints a result. */
final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text or json (default: text).")
    private OutputFormat format = OutputFormat.TEXT;

    boolean isJson() {
        return format == OutputFormat.JSON;
    }
}
