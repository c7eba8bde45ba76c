package dev.mooring.cli.terminal;

import java.util.regex.Pattern;

/** Makes text of other systems safe to print: none of it moves the cursor, colours the terminal or begins another line. */
public final class SafeText {
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private SafeText() {}

    /** The text with a replacement character in place of each control character. */
    public static String of(String text) {
        return UNSAFE.matcher(text).replaceAll("\uFFFD");
    }
}
