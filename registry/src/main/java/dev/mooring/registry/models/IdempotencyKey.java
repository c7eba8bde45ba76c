package dev.mooring.registry.models;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A key that a client sends so that repeating a request is safe: 1 to 255 visible ASCII characters, case-sensitive. */
public record IdempotencyKey(String value) {
    /** The header that carries it. */
    static final String HEADER = "Idempotency-Key";

    private static final Pattern ALLOWED = Pattern.compile("[!-~]{1,255}");

    /** Checks it. */
    public IdempotencyKey {
        String objection = objectionTo(value);
        if (objection != null) {
            throw new IllegalArgumentException("an idempotency key " + objection);
        }
    }

    /** What is wrong with {@code key}; null if nothing is. */
    static @Nullable String objectionTo(String key) {
        return ALLOWED.matcher(key).matches() ? null : "must be 1 to 255 visible ASCII characters, without spaces";
    }
}
