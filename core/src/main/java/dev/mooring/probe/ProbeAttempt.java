package dev.mooring.probe;

import java.time.Duration;

/** The supervisor's side of one running probe. Thread-safe. */
public interface ProbeAttempt {
    /** On which connection the probe has to ask. */
    ProbeKind kind();

    /** How long the dependency has to answer; the supervisor's patience, not a limit that it enforces on the thread. */
    Duration timeout();

    /** How long a TCP connect may take: 1 s for a fresh probe, so that a dropped SYN costs one second. */
    Duration connectTimeout();

    /**
     * Call it when the connection stands and the probe waits for an answer. To make room for another probe the supervisor first
     * gives up one that still connects, and never the oldest: a slow answer must be able to arrive.
     */
    void connected();

    /**
     * Registers {@code resource}. Another thread closes it when the supervisor gives this probe up; this thread does at once if it
     * already has.
     */
    void onAbandon(AutoCloseable resource);
}
