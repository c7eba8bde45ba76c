package dev.mooring.http;

import java.net.ProtocolException;

/** An answer that this module cannot take. Its message is ours, while the JDK's quotes what the server sent. */
final class BadReplyException extends ProtocolException {
    private static final long serialVersionUID = 1;

    BadReplyException(String message) {
        super(message);
    }
}
