package dev.mooring.spring.health;

import dev.mooring.spring.memory.FromMemory;
import java.util.List;

/** Warnings of the health bodies that come from no supervised dependency. A module or an application adds it as a bean. */
@FunctionalInterface
public interface HealthNotice extends FromMemory {
    /** The present warnings, one line each. */
    List<String> warnings();
}
