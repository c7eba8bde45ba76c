package dev.mooring.spring.request;

import dev.mooring.spring.memory.FromMemory;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Recognizes requests that the service must serve even when all places are taken, such as operators' orders. It then serves them
 * on a few of the threads that it keeps free for health. A module or an application that has such requests defines a bean of this
 * type. Thread-safe.
 */
@FunctionalInterface
public interface UrgentRequests extends FromMemory {
    /** Whether {@code request} is urgent. */
    boolean includes(HttpServletRequest request);
}
