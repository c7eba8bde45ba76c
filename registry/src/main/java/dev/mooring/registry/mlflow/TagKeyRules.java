package dev.mooring.registry.mlflow;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which keys of tags MLflow takes: those that are a path in its shortest form. */
public final class TagKeyRules {
    /** The tag by which a version says which registration made it. */
    public static final String REGISTRATION = "mooring.registration_id";

    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{N}_ /.:-]+");
    private static final Pattern NOT_SHORTEST = Pattern.compile("/.*|.*/|.*//.*|(.*/)?\\.\\.?(/.*)?|\\.\\..*");

    private TagKeyRules() {}

    /** What is wrong with the key of a tag; null if nothing is. */
    public static @Nullable String objectionTo(String key) {
        if (!ALLOWED.matcher(key).matches()) {
            return "have the key \"" + key + "\"; a key must be letters, digits, space and _ / . : -";
        }
        if (NOT_SHORTEST.matcher(key).matches()) {
            return "have the key \"" + key + "\"; a key with / must be a path in its shortest form, without . and ..";
        }
        return key.equals(REGISTRATION) ? "have the key " + REGISTRATION + ", which this service sets itself" : null;
    }
}
