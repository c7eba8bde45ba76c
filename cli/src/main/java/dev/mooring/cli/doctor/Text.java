package dev.mooring.cli.doctor;

import dev.mooring.cli.terminal.SafeText;
import dev.mooring.cli.terminal.Wrapping;
import dev.mooring.operations.diagnosis.DiagnosisAnswer;
import dev.mooring.operations.diagnosis.DiagnosisAnswer.CauseAnswer;
import dev.mooring.operations.diagnosis.DiagnosisAnswer.FaultAnswer;
import dev.mooring.operations.diagnosis.DiagnosisAnswer.LayerAnswer;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Prints diagnoses for people.
 *
 * @param out where to
 * @param ansi whether in colour
 * @param width the columns of a line
 */
record Text(PrintWriter out, Ansi ansi, int width) {
    private static final String NOT_REACHED = "not_reached";
    private static final String FAILED = "failed";
    private static final String INDENT = "      ";
    private static final int AFTER_THE_LAYER = 16;
    private static final int ROOM_FOR_TIME = 10;

    void print(Result result) {
        for (Examined one : result.examined()) {
            print(one);
        }
        out.println();
        line(result.summary(), 2, null);
    }

    /** A code as people read it, for example {@code log-in}. */
    static String words(String code) {
        return code.replace('_', '-');
    }

    private void print(Examined one) {
        String name = String.format("%-10s ", one.name());
        if (one.diagnosis().isEmpty()) {
            line(name + one.absent(), name.length(), null);
            return;
        }
        DiagnosisAnswer diagnosis = one.diagnosis().get();
        line(aligned(name + diagnosis.target(), one.critical() ? "critical" : "optional"), name.length(), Style.bold);
        diagnosis.layers().stream()
                .filter(layer -> !layer.outcome().equals(NOT_REACHED))
                .forEach(this::print);
        String behind = diagnosis.layers().stream()
                .filter(layer -> layer.outcome().equals(NOT_REACHED))
                .map(layer -> words(layer.layer()))
                .collect(Collectors.joining(", "));
        if (!behind.isEmpty()) {
            line("  – " + behind + "   not reached", 4, Style.faint);
        }
    }

    private void print(LayerAnswer layer) {
        List<FaultAnswer> faults = layer.faults();
        boolean hasFailed = layer.outcome().equals(FAILED);
        String seen = hasFailed ? faults.get(faults.size() - 1).message() : String.join(", ", layer.evidence());
        String text = "  " + sign(layer.outcome()) + String.format(" %-11s ", words(layer.layer())) + seen;
        // What was seen may say how long it took; once is enough.
        boolean hasRoom = text.length() + ROOM_FOR_TIME <= width && !seen.contains(" ms");
        String took = String.format(Locale.ROOT, "%.0f ms", layer.tookMs());
        line(
                hasRoom ? aligned(text, took) : text,
                AFTER_THE_LAYER,
                switch (layer.outcome()) {
                    case FAILED -> Style.fg_red;
                    case "warning" -> Style.fg_yellow;
                    case "unused" -> Style.faint;
                    default -> null;
                });
        faults.forEach(fault -> print(fault, hasFailed && fault.severity().equals("fatal")));
    }

    private void print(FaultAnswer fault, boolean isTheLine) {
        if (!isTheLine) {
            line(INDENT + "! " + fault.message(), INDENT.length() + 2, Style.fg_yellow);
        }
        List<CauseAnswer> causes = fault.causes();
        if (!causes.isEmpty()) {
            out.println(INDENT + (causes.size() == 1 ? "Most likely:" : "Most likely, in this order:"));
            for (int i = 0; i < causes.size(); i++) {
                line(INDENT + (i + 1) + ". " + causes.get(i).what(), INDENT.length() + 3, null);
                line(INDENT + "   → " + causes.get(i).look(), INDENT.length() + 5, null);
            }
        }
        String check = INDENT + "Check: " + fault.code();
        String runbook = "Runbook: " + fault.runbook();
        if (check.length() + 3 + runbook.length() <= width) {
            line(check + "   " + runbook, INDENT.length(), null);
        } else {
            line(check, INDENT.length(), null);
            line(INDENT + runbook, INDENT.length(), null);
        }
    }

    private static char sign(String outcome) {
        return switch (outcome) {
            case "passed" -> '✓';
            case "warning" -> '!';
            case FAILED -> '✗';
            case "unused" -> '·';
            default -> '–';
        };
    }

    /** The text with {@code end} at the right edge; two spaces after it where the line is too long for that. */
    private String aligned(String text, String end) {
        int gap = Math.max(2, Math.min(width, 80) - text.length() - end.length());
        return (text + " ".repeat(gap) + end).stripTrailing();
    }

    /** Prints a text in as many lines as it needs. */
    private void line(String text, int indent, @Nullable Style style) {
        for (String part : Wrapping.lines(SafeText.of(text), width, indent)) {
            out.println(
                    style == null
                            ? part
                            : CommandLine.Help.defaultColorScheme(ansi)
                                    .apply(part, List.of(style))
                                    .toString());
        }
    }
}
