package dev.mooring.spring.health;

import dev.mooring.spring.json.JsonObject;

/** A part of {@code /health/detailed} that a module or an application adds as a bean, for example {@code pools}. */
public interface DetailSection {
    /** The name of the member. */
    String name();

    /** Its value now: a read of memory that never waits. */
    JsonObject read();
}
