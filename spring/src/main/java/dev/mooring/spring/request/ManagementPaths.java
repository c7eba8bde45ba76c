package dev.mooring.spring.request;

import dev.mooring.spring.memory.FromMemory;

/**
 * Paths that move to the port of {@code MANAGEMENT_PORT} when it is set: those about the service itself. A module or an application that
 * has such paths defines a bean of this type. Thread-safe.
 */
@FunctionalInterface
public interface ManagementPaths extends FromMemory {
    /** The name of an attribute of the requests that arrive on that port. */
    String ATTRIBUTE = ManagementPaths.class.getName();

    /** Whether {@code path}, decoded and below the application, moves. */
    boolean includes(String path);

    /** Whether {@code path} is answered on both ports, because answers of both lead to it. */
    default boolean isOnBoth(String path) {
        return false;
    }
}
