package dev.mooring.operations.authservice;

import java.io.IOException;

/** The auth service answered 200 with a body that says nothing clear of the key. It never repeats the body. */
final class UnreadableAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    UnreadableAnswerException(String whatIsWrong) {
        super("the answer of the auth service " + whatIsWrong);
    }
}
