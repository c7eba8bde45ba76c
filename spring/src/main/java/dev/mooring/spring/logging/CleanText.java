package dev.mooring.spring.logging;

import org.jspecify.annotations.Nullable;

/**
 * Makes foreign text safe for one line of a log. A character that ends a line, moves the cursor of a terminal, or changes the order or the
 * look of what stands around it becomes its escape, such as {@code \n} or {@code \u001b}. So what a client or a database says can neither
 * look like another line nor hide a part of its own.
 */
final class CleanText {
    /** The most characters of one text; the log leaves out the rest and says how many they are. */
    private static final int LONGEST = 10_000;

    private CleanText() {}

    /** The clean form of {@code text}; empty for null. Returns the same instance where nothing has to change. */
    static String of(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String cut = text.length() <= LONGEST ? text : shortened(text);
        int first = firstUnsafe(cut);
        return first < 0 ? cut : escaped(cut, first);
    }

    private static String shortened(String text) {
        return text.substring(0, LONGEST) + "… (" + (text.length() - LONGEST) + " more characters)";
    }

    private static int firstUnsafe(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            // Most text is ASCII, which needs no lookup of types.
            if (unit < ' ' || (unit >= 0x7f && isUnsafe(text.codePointAt(i)))) {
                return i;
            }
            if (Character.isHighSurrogate(unit)) {
                // A whole pair; a half is unsafe.
                i++;
            }
        }
        return -1;
    }

    private static String escaped(String text, int from) {
        StringBuilder clean = new StringBuilder(text.length() + 16).append(text, 0, from);
        text.codePoints().skip(text.codePointCount(0, from)).forEach(point -> {
            if (isUnsafe(point)) {
                escape(point, clean);
            } else {
                clean.appendCodePoint(point);
            }
        });
        return clean.toString();
    }

    private static boolean isUnsafe(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static void escape(int point, StringBuilder clean) {
        switch (point) {
            case '\n' -> clean.append("\\n");
            case '\r' -> clean.append("\\r");
            case '\t' -> clean.append("\\t");
            default -> {
                for (char unit : Character.toChars(point)) {
                    clean.append(String.format("\\u%04x", (int) unit));
                }
            }
        }
    }
}
