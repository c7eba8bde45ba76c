package dev.mooring.spring.environment;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;

/**
 * Where a setting's value was set under a name that is not ours.
 *
 * @param name that name, for people
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
