package dev.mooring.http;

import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import java.time.Instant;

/** A reply by whose status the backend failed. It ends an attempt as an exception, and the last one becomes the reply again. */
final class BackendFault extends Exception {
    private static final long serialVersionUID = 1;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int INTERNAL_ERROR = 500;
    private static final int NOT_IMPLEMENTED = 501;

    private final transient HttpReply reply;

    BackendFault(HttpReply reply) {
        super(message(reply.status()), null, false, false);
        this.reply = reply;
    }

    /** Whether a reply with this status is the backend's fault, and not the request's. */
    static boolean isFault(int status) {
        return status == TOO_MANY_REQUESTS || (status >= INTERNAL_ERROR && status != NOT_IMPLEMENTED);
    }

    /** The failure that such a status stands for. */
    static Failure failure(int status, Instant at) {
        return new Failure(FailureKind.HTTP_ERROR, message(status), at);
    }

    private static String message(int status) {
        return "answered with status " + status;
    }

    HttpReply reply() {
        return reply;
    }
}
