package dev.mooring.cli.doctor;

import dev.mooring.diagnosis.Cause;
import dev.mooring.diagnosis.Check;
import dev.mooring.diagnosis.Diagnosis;
import dev.mooring.diagnosis.Fault;
import dev.mooring.diagnosis.LayerResult;
import dev.mooring.diagnosis.Outcome;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Prints diagnoses for people.
 *
 * @param out where to
 * @param ansi whether in colour
 */
record Text(PrintWriter out, Ansi ansi) {
    private static final int WIDTH = 80;
    private static final String INDENT = "      ";

    void print(Result result) {
        for (Result.Examined one : result.examined()) {
            print(one);
        }
        out.println();
        out.println(result.summary());
    }

    private void print(Result.Examined one) {
        String name = String.format("%-10s ", one.examinee().name());
        if (one.diagnosis().isEmpty()) {
            out.println(name + one.examinee().absent());
            return;
        }
        Diagnosis diagnosis = one.diagnosis().get();
        out.println(
                styled(aligned(name + diagnosis.target(), diagnosis.critical() ? "critical" : "optional"), Style.bold));
        diagnosis.layers().stream()
                .filter(layer -> layer.outcome() != Outcome.NOT_REACHED)
                .forEach(this::print);
        String behind = diagnosis.layers().stream()
                .filter(layer -> layer.outcome() == Outcome.NOT_REACHED)
                .map(layer -> layer.layer().words())
                .collect(Collectors.joining(", "));
        if (!behind.isEmpty()) {
            out.println(styled("  – " + behind + "   not reached", Style.faint));
        }
    }

    private void print(LayerResult layer) {
        List<Fault> faults = layer.faults();
        String seen = layer.outcome() == Outcome.FAILED
                ? faults.get(faults.size() - 1).message()
                : String.join(", ", layer.evidence());
        String line = aligned(
                "  " + sign(layer.outcome())
                        + String.format(" %-11s ", layer.layer().words()) + seen,
                String.format(Locale.ROOT, "%.0f ms", layer.took().toNanos() / 1e6));
        out.println(
                switch (layer.outcome()) {
                    case FAILED -> styled(line, Style.fg_red);
                    case WARNING -> styled(line, Style.fg_yellow);
                    case UNUSED -> styled(line, Style.faint);
                    default -> line;
                });
        faults.forEach(fault ->
                print(fault, layer.outcome() == Outcome.FAILED && fault.check().isFatal()));
    }

    private void print(Fault fault, boolean isTheLine) {
        Check check = fault.check();
        if (!isTheLine) {
            out.println(INDENT + styled("! " + fault.message(), Style.fg_yellow));
        }
        List<Cause> causes = check.causes();
        if (!causes.isEmpty()) {
            out.println(INDENT + (causes.size() == 1 ? "Most likely:" : "Most likely, in this order:"));
            for (int i = 0; i < causes.size(); i++) {
                out.println(INDENT + (i + 1) + ". " + causes.get(i).what());
                out.println(INDENT + "   → " + causes.get(i).look());
            }
        }
        out.println(INDENT + "Check: " + check.code() + "   Runbook: " + check.runbook());
    }

    private static char sign(Outcome outcome) {
        return switch (outcome) {
            case PASSED -> '✓';
            case WARNING -> '!';
            case FAILED -> '✗';
            case UNUSED -> '·';
            case NOT_REACHED -> '–';
        };
    }

    /** The text with {@code end} at the right edge; after it where the line is too long. */
    private static String aligned(String text, String end) {
        int gap = Math.max(2, WIDTH - text.length() - end.length());
        return text + " ".repeat(gap) + end;
    }

    private String styled(String text, Style style) {
        return CommandLine.Help.defaultColorScheme(ansi)
                .apply(text, List.of(style))
                .toString();
    }
}
