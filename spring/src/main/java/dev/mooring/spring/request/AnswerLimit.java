package dev.mooring.spring.request;

import java.time.Duration;

/**
 * Limits how long the writes of an answer wait for the client, all together. A server that supports it puts it into an attribute of the
 * request, and sets its own limit again for the next request. Use it only on the thread of the request.
 */
public interface AnswerLimit {
    /** The name of the attribute. */
    String ATTRIBUTE = AnswerLimit.class.getName();

    /**
     * Lets the answer wait for the client for at most {@code limit}; then the connection breaks off. An answer of a few hundred bytes
     * never waits for a client that reads, so a millisecond is enough for it.
     */
    void writtenWithin(Duration limit);

    /** Lifts the limit: what serves the request limits each wait, for example with an {@link IdleLimit}. */
    void lift();
}
