package dev.mooring.messages;

import java.util.Optional;

/** What waits for one destination, as operators see it: a {@link Relay}, or a queue that has none. Thread-safe. */
public interface Backlog {
    /** The name of the destination. */
    String destination();

    /** Its figures as last read, from memory; empty before the first. */
    Optional<Figures> figures();
}
