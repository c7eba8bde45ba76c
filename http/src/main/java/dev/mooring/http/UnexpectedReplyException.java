package dev.mooring.http;

import dev.mooring.failure.FailureKind;

/** The backend answered, but not what the call's {@link ReplyCheck} accepts. */
public final class UnexpectedReplyException extends HttpCallException {
    private static final long serialVersionUID = 1;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    /** Not written with the exception: a copy of it in another process has none. */
    private final transient HttpReply reply;

    /**
     * A reply that is not as it should be.
     *
     * @param message what is wrong, in one line that is public: no secret, and nothing that users sent
     */
    public UnexpectedReplyException(HttpReply reply, FailureKind kind, String message) {
        super(message, kind, null);
        this.reply = reply;
    }

    /** A reply that the check could not read. */
    static UnexpectedReplyException unreadable(HttpReply reply, RuntimeException why) {
        UnexpectedReplyException unreadable = new UnexpectedReplyException(
                reply, FailureKind.PROTOCOL_ERROR, "answered " + reply + ", which cannot be read");
        unreadable.addSuppressed(why);
        return unreadable;
    }

    /** A reply whose status is not what it should be. */
    public static UnexpectedReplyException ofStatus(HttpReply reply) {
        return new UnexpectedReplyException(reply, kindOf(reply.status()), "answered with status " + reply.status());
    }

    private static FailureKind kindOf(int status) {
        if (BackendFault.isFault(status)) {
            return FailureKind.HTTP_ERROR;
        }
        return switch (status) {
            case UNAUTHORIZED -> FailureKind.AUTHENTICATION_FAILED;
            case FORBIDDEN -> FailureKind.PERMISSION_DENIED;
            default -> FailureKind.PROTOCOL_ERROR;
        };
    }

    /** The reply. */
    public HttpReply reply() {
        return reply;
    }
}
