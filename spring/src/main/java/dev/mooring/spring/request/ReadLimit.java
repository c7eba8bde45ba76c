package dev.mooring.spring.request;

import java.time.Duration;

/**
 * Limits the next reads from a client. A server that supports it puts it into an attribute of the request. Use it only on the
 * thread of the request.
 */
@FunctionalInterface
public interface ReadLimit {
    /** The name of the attribute. */
    String ATTRIBUTE = ReadLimit.class.getName();

    /** Each of the next reads throws a {@link java.net.SocketTimeoutException} after {@code limit}. */
    void within(Duration limit);
}
