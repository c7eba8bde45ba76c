package dev.mooring.spring.request;

import java.time.Duration;

/** Bounds the next read from a client, where the server allows it. Found as an attribute of the request, on whose thread it is used. */
@FunctionalInterface
public interface ReadLimit {
    /** The attribute's name. */
    String ATTRIBUTE = ReadLimit.class.getName();

    /** The next reads end after {@code limit} with a {@link java.net.SocketTimeoutException}. */
    void within(Duration limit);
}
