package dev.mooring.spring.request;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Recognizes requests that the service must serve even when all places are taken, such as operators' acts. It then serves them
 * on a few of the threads that it keeps free for health. An application that has such requests defines a bean of this type.
 * Must be thread-safe and must not block.
 */
@FunctionalInterface
public interface UrgentRequests {
    /** Whether {@code request} is urgent. */
    boolean includes(HttpServletRequest request);
}
