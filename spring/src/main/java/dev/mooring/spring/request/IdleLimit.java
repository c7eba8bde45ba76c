package dev.mooring.spring.request;

import java.time.Duration;

/**
 * Limits how long the next reads from a client, and the next writes to it, wait for the client. A server that supports it puts it into an
 * attribute of the request, and ends the limit with the request. Use it only on the thread of the request.
 */
@FunctionalInterface
public interface IdleLimit {
    /** The name of the attribute. */
    String ATTRIBUTE = IdleLimit.class.getName();

    /** Each of the next reads and writes throws a {@link java.net.SocketTimeoutException}, or one it caused, after {@code limit}. */
    void idle(Duration limit);
}
