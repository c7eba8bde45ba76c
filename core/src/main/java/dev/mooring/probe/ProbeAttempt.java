package dev.mooring.probe;

import java.time.Duration;

/** The supervisor's side of one running probe. Thread-safe. */
public interface ProbeAttempt {
    /** The kind of connection that the probe has to use. */
    ProbeKind kind();

    /** How long the supervisor waits for the answer. The supervisor does not interrupt the probe's thread at this limit. */
    Duration timeout();

    /** How long a TCP connect may take: 1 s for a fresh probe, so that a dropped SYN costs one second. */
    Duration connectTimeout();

    /**
     * Call this when the connection is open and the probe waits for an answer. To make room for another probe, the supervisor first
     * gives up a probe that still connects, and never the oldest probe: a slow answer must be able to arrive.
     */
    void connected();

    /**
     * Registers {@code resource}. Another thread closes the resource when the supervisor gives this probe up. If the supervisor has
     * already given the probe up, this method closes the resource immediately.
     */
    void onAbandon(AutoCloseable resource);
}
