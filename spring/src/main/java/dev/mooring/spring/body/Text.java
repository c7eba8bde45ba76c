package dev.mooring.spring.body;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rules for every text that a client sends: a length in Unicode characters (code points), and only characters that PostgreSQL can
 * store.
 */
public final class Text {
    private static final int MOST_SHOWN = 60;

    private Text() {}

    /** What is wrong with a text that may have {@code longest} characters and may not be blank; null if nothing is. */
    public static @Nullable String objectionTo(String text, int longest) {
        return text.isBlank() ? "must not be blank" : objectionToFree(text, longest);
    }

    /** What is wrong with a text that may have {@code longest} characters and may be empty; null if nothing is. */
    public static @Nullable String objectionToFree(String text, int longest) {
        int length = length(text);
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

    /** The number of Unicode characters of a text. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** A text that a client sent, cut to 60 characters to fit into a message. */
    public static String shown(String text) {
        return shown(text, MOST_SHOWN);
    }

    /** The same, cut to {@code most} characters. */
    public static String shown(String text, int most) {
        int end = text.offsetByCodePoints(0, Math.min(most, length(text)));
        return end == text.length() ? text : text.substring(0, end) + "…";
    }

    /** The UUID that the text spells, for example an id in a path; empty if the text is not a UUID. */
    public static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }
}
