package dev.mooring.spring.request;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Tells requests that must get through when all places are taken, such as operators' acts; a few of the threads that are kept free for
 * health serve them then. An application has one as a bean, if it has such requests. Must be thread-safe and must not block.
 */
@FunctionalInterface
public interface UrgentRequests {
    /** Whether this request is one of them. */
    boolean includes(HttpServletRequest request);
}
