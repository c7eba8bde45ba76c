package dev.mooring.testing.proxy;

/** What happens to a new connection. */
enum Door {
    /** The proxy accepts it. */
    OPEN,
    /** Nothing listens, so the system refuses it. */
    CLOSED,
    /** The queue of the listener is full, so the attempt gets no answer. */
    CLOGGED
}
