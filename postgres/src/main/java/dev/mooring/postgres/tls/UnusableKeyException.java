package dev.mooring.postgres.tls;

import java.security.GeneralSecurityException;

/** A client's key cannot be used. The message says what is expected in its place, for an error message: {@code a password that opens it}. */
public final class UnusableKeyException extends GeneralSecurityException {
    private static final long serialVersionUID = 1;

    UnusableKeyException(String expected) {
        super(expected);
    }

    UnusableKeyException(String expected, Throwable cause) {
        super(expected, cause);
    }
}
