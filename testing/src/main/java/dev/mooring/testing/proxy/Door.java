package dev.mooring.testing.proxy;

/** How the proxy meets a new connection. */
enum Door {
    /** It is accepted. */
    OPEN,
    /** Nobody listens; it is refused. */
    CLOSED,
    /** Somebody listens whose queue is full; the attempt gets no answer. */
    CLOGGED
}
