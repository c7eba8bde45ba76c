package dev.mooring.registry.body;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What every text that is kept must keep to: lengths are counted in Unicode characters, and PostgreSQL must be able to hold it. */
public final class Text {

    private Text() {}

    /** What is wrong with a text of at most {@code longest} characters that may not be blank; null if nothing is. */
    public static @Nullable String objectionTo(String text, int longest) {
        return text.isBlank() ? "must not be blank" : objectionToFree(text, longest);
    }

    /** What is wrong with a text of at most {@code longest} characters that may be empty; null if nothing is. */
    public static @Nullable String objectionToFree(String text, int longest) {
        int length = text.codePointCount(0, text.length());
        if (length > longest) {
            return "is " + length + " characters long; at most " + longest + " are accepted";
        }
        if (text.indexOf('\0') >= 0) {
            return "holds a NUL character (U+0000), which cannot be kept";
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return "holds half a character (a surrogate without its partner), which cannot be kept";
        }
        return null;
    }
}
