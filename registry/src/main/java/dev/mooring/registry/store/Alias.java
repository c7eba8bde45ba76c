package dev.mooring.registry.store;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A name that points to one version of a model, such as {@code champion}: 1 to 255 letters, digits, {@code _} and {@code -}. As in
 * MLflow, {@code latest} and {@code v1}, {@code v2} … are not allowed, because people would read them as versions.
 */
public record Alias(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{N}_-]{1,255}");
    private static final Pattern RESERVED = Pattern.compile("latest|v\\p{Nd}+", Pattern.CASE_INSENSITIVE);

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
            return "must be 1 to 255 letters, digits, _ and -";
        }
        if (isReserved(alias)) {
            return "must not be \"latest\" or a version such as \"v1\", which people would read as a version";
        }
        return null;
    }

    /** What is wrong with an alias that is to be set; null if nothing is. An alias that is there already can be read and removed. */
    public static @Nullable String objectionToNew(String alias) {
        String objection = objectionTo(alias);
        return objection == null ? Visible.objectionTo(alias) : objection;
    }

    /** Whether people would read it as a version, so that no version can have it. */
    public static boolean isReserved(String alias) {
        return RESERVED.matcher(alias).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
