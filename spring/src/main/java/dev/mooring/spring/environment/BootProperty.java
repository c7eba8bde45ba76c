package dev.mooring.spring.environment;

import java.util.Optional;
import org.springframework.core.env.Environment;

/** Reads Boot's properties without failing on a placeholder that has no value: where Boot uses the property, Boot reports it. */
final class BootProperty {
    private BootProperty() {}

    /** The value with its placeholders resolved; empty where it is not set, blank, or cannot be resolved. */
    static Optional<String> value(Environment environment, String property) {
        try {
            return Optional.ofNullable(environment.getProperty(property)).filter(value -> !value.isBlank());
        } catch (IllegalArgumentException placeholderWithoutValue) {
            return Optional.empty();
        }
    }

    /** Whether the property is set, also to a placeholder that has no value. */
    static boolean isSet(Environment environment, String property) {
        try {
            return !environment.getProperty(property, "").isBlank();
        } catch (IllegalArgumentException placeholderWithoutValue) {
            return true;
        }
    }
}
