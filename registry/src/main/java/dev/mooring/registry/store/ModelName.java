package dev.mooring.registry.store;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.mooring.spring.body.Text;
import org.jspecify.annotations.Nullable;

/**
 * The name of a model: 1 to 256 Unicode characters that fit into one segment of a path, so without {@code / : \}, and neither {@code .} nor
 * beginning with {@code ..}; not beginning or ending with a space, and {@linkplain Visible visible}. Names are case-sensitive. Models that were made
 * before a rule, or at an MLflow server, keep their names and can be read, changed and deleted.
 */
public record ModelName(@JsonValue String value) {
    /** The most characters of a name. */
    public static final int LONGEST = 256;

    /** Checks it. */
    public ModelName {
        String objection = objectionTo(value);
        if (objection != null) {
            throw new IllegalArgumentException("the name of a model " + objection);
        }
    }

    /** What is wrong with {@code name}; null if nothing is. */
    public static @Nullable String objectionTo(String name) {
        String objection = Text.objectionTo(name, LONGEST);
        if (objection != null) {
            return objection;
        }
        if (name.equals(".") || name.startsWith("..")) {
            return "must not be . or begin with .., which MLflow takes for a path";
        }
        return name.codePoints()
                .filter(ModelName::divides)
                .mapToObj(c -> "must not contain " + Character.toString(c))
                .findFirst()
                .orElseGet(() -> objectionToLook(name));
    }

    /** What is wrong with {@code name} as people see it, whatever else it may hold; null if nothing is. */
    public static @Nullable String objectionToLook(String name) {
        return name.equals(name.strip()) ? Visible.objectionTo(name) : "must not begin or end with white space";
    }

    /** Whether the character divides a path, or a name from a version. */
    private static boolean divides(int character) {
        return character == '/' || character == ':' || character == '\\';
    }

    @Override
    public String toString() {
        return value;
    }
}
