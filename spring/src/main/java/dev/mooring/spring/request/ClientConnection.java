package dev.mooring.spring.request;

import java.util.function.Consumer;

/**
 * The connection of a client. A server that can tell how a connection ends puts it into an attribute of the request. Use it only on the
 * thread of the request.
 */
@FunctionalInterface
public interface ClientConnection {
    /** The name of the attribute. */
    String ATTRIBUTE = ClientConnection.class.getName();

    /**
     * Calls {@code told} once, when it is known whether the answer to this request arrived: with true when another request comes on the
     * connection or the client closes it in order, with false when the connection breaks. Never calls it when the server itself closes the
     * connection. It is called on a thread that serves requests, and must be short.
     */
    void whenKnown(Consumer<Boolean> told);
}
