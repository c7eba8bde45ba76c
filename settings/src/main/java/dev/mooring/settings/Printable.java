package dev.mooring.settings;

/** A value as a line for people shows it: a value that holds line ends or control characters must not forge a second line. */
final class Printable {
    private static final int LONGEST_QUOTED = 100;

    private Printable() {}

    /** The text with each control character and each end of a line replaced by {@code U+FFFD}. */
    static String line(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]", "�");
    }

    /** The text in quotes for a message: printable, and cut to 100 characters. */
    static String quoted(String text) {
        String printable = line(text);
        String start = printable.substring(0, Math.min(LONGEST_QUOTED, printable.length()));
        return "\"" + start + (start.length() < printable.length() ? "…" : "") + "\"";
    }
}
