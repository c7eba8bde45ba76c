package dev.mooring.registry.store;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.mooring.spring.body.Text;
import org.jspecify.annotations.Nullable;

/**
 * The name of a model: 1 to 256 Unicode characters that fit into one segment of a path, so without {@code / : \} and control
 * characters, not beginning or ending with white space, and neither {@code .} nor {@code ..}. Names are case-sensitive.
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
        if (name.equals(".") || name.equals("..")) {
            return "must not be . or .., which a path cannot carry";
        }
        if (!name.equals(name.strip())) {
            return "must not begin or end with white space";
        }
        return name.codePoints()
                .filter(ModelName::refused)
                .mapToObj(c -> "must not contain " + described(c))
                .findFirst()
                .orElse(null);
    }

    private static boolean refused(int character) {
        return character == '/' || character == ':' || character == '\\' || Character.isISOControl(character);
    }

    private static String described(int character) {
        return Character.isISOControl(character)
                ? String.format("the control character U+%04X", character)
                : Character.toString(character);
    }

    @Override
    public String toString() {
        return value;
    }
}
