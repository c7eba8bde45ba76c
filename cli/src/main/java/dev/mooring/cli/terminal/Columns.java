package dev.mooring.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Lines whose cells stand below each other, two spaces apart. Not thread-safe. */
public final class Columns {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a line; its last cell may be as long as it likes. */
    public Columns row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** The lines, without spaces at their ends. */
    public List<String> lines() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size() - 1; i++) {
                int width = AnsiText.width(row.get(i));
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            line.append(cell);
            if (i < row.size() - 1) {
                line.append(" ".repeat(widths.get(i) - AnsiText.width(cell))).append(GAP);
            }
        }
        return line.toString().stripTrailing();
    }
}
