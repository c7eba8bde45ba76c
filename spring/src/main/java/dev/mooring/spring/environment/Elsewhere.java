package dev.mooring.spring.environment;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;

/**
 * The origin of a value that the user set under another name than that of our setting.
 *
 * @param name the other name, for messages
 */
record Elsewhere(String name) implements Origin {
    static OriginTrackedValue value(Object value, String name) {
        return OriginTrackedValue.of(value, new Elsewhere(name));
    }

    @Override
    public String toString() {
        return name;
    }
}
