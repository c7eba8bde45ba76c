package dev.mooring.testing.redis;

/** A Redis server answered a command with an error; the message is the server's. */
public final class RefusedCommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedCommandException(String message) {
        super(message);
    }
}
