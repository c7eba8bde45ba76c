package dev.mooring.registry.store;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A name that points to one version of a model, such as {@code champion}: 1 to 255 characters of {@code A-Z a-z 0-9 _ -}. As in
 * MLflow, {@code latest} and {@code v1}, {@code v2} … are not allowed, because people would read them as versions.
 */
public record Alias(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]{1,255}");
    private static final Pattern RESERVED = Pattern.compile("latest|v[0-9]+", Pattern.CASE_INSENSITIVE);

    /** Checks it. */
    public Alias {
        String objection = objectionTo(value);
        if (objection != null) {
            throw new IllegalArgumentException("an alias " + objection);
        }
    }

    /** What is wrong with {@code alias}; null if nothing is. */
    public static @Nullable String objectionTo(String alias) {
        if (!ALLOWED.matcher(alias).matches()) {
            return "must be 1 to 255 characters of A-Z a-z 0-9 _ -";
        }
        if (RESERVED.matcher(alias).matches()) {
            return "must not be \"latest\" or a version such as \"v1\", which people would read as a version";
        }
        return null;
    }

    @Override
    public String toString() {
        return value;
    }
}
