package dev.mooring.spring.health;

import dev.mooring.spring.json.JsonObject;
import dev.mooring.spring.memory.FromMemory;

/** A member of {@code /health/detailed} that a module or an application adds as a bean, for example {@code pools}. */
public interface DetailSection extends FromMemory {
    /** The name of the member. */
    String name();

    /** The present value. */
    JsonObject read();
}
