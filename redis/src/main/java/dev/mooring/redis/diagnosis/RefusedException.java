package dev.mooring.redis.diagnosis;

import java.io.IOException;

/** Redis answered a command with an error. Its message is the error; the first word is the code. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    RefusedException(String error) {
        super(error);
    }

    /** The code of the error, such as {@code NOAUTH}. */
    String code() {
        return words().split(" ", 2)[0];
    }

    /** The whole error. */
    String words() {
        return String.valueOf(getMessage());
    }
}
