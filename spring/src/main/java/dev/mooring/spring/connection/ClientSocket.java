package dev.mooring.spring.connection;

/** The socket of a connection, for the rules. Thread-safe; no method waits. */
public interface ClientSocket {
    /** Whether a request thread waits until the client takes more of an answer. */
    boolean isFull();

    /** Whether a request thread waits until the client sends more of a body. */
    boolean isEmpty();

    /** Whether the connection speaks another protocol than HTTP/1.1 by now, so that these rules do not hold for it. */
    boolean isUpgraded();

    /** Whether the socket is closed. */
    boolean isClosed();

    /**
     * Lets the next read find the end of the stream, which closes the connection. The answer to a request that has arrived still goes
     * out.
     */
    void endInput();

    /** Breaks the connection off and discards what the client has not taken. */
    void reset();
}
