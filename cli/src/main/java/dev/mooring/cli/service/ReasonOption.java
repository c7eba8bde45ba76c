package dev.mooring.cli.service;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option {@code --reason} of every act that needs one. */
public final class ReasonOption {
    @Option(
            names = {"-r", "--reason"},
            required = true,
            paramLabel = "REASON",
            converter = Reason.class,
            description = "Why. Other operators and the audit read it.")
    private String reason = "";

    public String text() {
        return reason;
    }

    /** A text that says something, as the service takes it. */
    static final class Reason implements ITypeConverter<String> {
        private static final int LONGEST = 1_000;

        @Override
        public String convert(String typed) {
            if (typed.isBlank() || typed.codePointCount(0, typed.length()) > LONGEST) {
                throw new TypeConversionException("expected 1 to " + LONGEST + " characters that say why");
            }
            return typed;
        }
    }
}
