package dev.mooring.http;

import dev.mooring.failure.FailureKind;

/**
 * Decides whether a backend that answered did its work. Thread-safe. A check that throws a {@link RuntimeException} counts as one that
 * could not read the reply, which is a {@link FailureKind#PROTOCOL_ERROR}.
 */
@FunctionalInterface
public interface ReplyCheck {
    /**
     * Returns when the reply is what it should be.
     *
     * @throws UnexpectedReplyException the reply is something else
     */
    void check(HttpReply reply) throws UnexpectedReplyException;

    /** A status of 200 to 299 with a body of JSON. */
    static ReplyCheck json() {
        return reply -> {
            if (!reply.isSuccess()) {
                throw UnexpectedReplyException.ofStatus(reply);
            }
            if (!reply.isJson()) {
                throw new UnexpectedReplyException(
                        reply,
                        FailureKind.PROTOCOL_ERROR,
                        "answered " + reply.status() + " with "
                                + reply.header("Content-Type").orElse("no content type") + " instead of JSON");
            }
        };
    }
}
