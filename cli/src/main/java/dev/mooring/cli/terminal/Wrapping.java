package dev.mooring.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Breaks lines that are too long for the terminal at their spaces. */
public final class Wrapping {
    private Wrapping() {}

    /**
     * The text in lines of at most {@code width} columns; colours take none. Only a word that is longer makes a longer line.
     *
     * @param indent how many spaces each line but the first begins with; the first keeps the spaces that it has
     */
    public static List<String> lines(String text, int width, int indent) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (AnsiText.width(rest) > width) {
            int end = lastSpace(rest, width, lines.isEmpty() ? leading(rest) : indent);
            if (end < 0) {
                break;
            }
            lines.add(rest.substring(0, end).stripTrailing());
            rest = " ".repeat(indent) + rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    /** Where to break: the last space within the width, else the first one after it; -1 where there is none. */
    private static int lastSpace(String text, int width, int from) {
        int best = -1;
        for (int at = text.indexOf(' ', from); at >= 0; at = text.indexOf(' ', at + 1)) {
            if (AnsiText.width(text.substring(0, at)) > width) {
                return best >= 0 ? best : at;
            }
            if (at > from) {
                best = at;
            }
        }
        return best;
    }

    private static int leading(String text) {
        return text.length() - text.stripLeading().length();
    }
}
