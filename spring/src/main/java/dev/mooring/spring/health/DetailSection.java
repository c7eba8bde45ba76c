package dev.mooring.spring.health;

import dev.mooring.spring.json.JsonObject;

/** A member of {@code /health/detailed} that a module or an application adds as a bean, for example {@code pools}. */
public interface DetailSection {
    /** The name of the member. */
    String name();

    /** The present value, read from memory. Must not wait. */
    JsonObject read();
}
