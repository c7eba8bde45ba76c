package dev.mooring.probe;

import java.time.Duration;

/** The supervisor's side of one running probe. Thread-safe. */
public interface ProbeAttempt {
    /** On which connection to ask. */
    ProbeKind kind();

    /** How long the dependency has to answer; the supervisor's patience, not a limit that it enforces on the thread. */
    Duration timeout();

    /** How long a TCP connect may take: 1 s for a fresh probe, so that a dropped SYN costs one second. */
    Duration connectTimeout();

    /**
     * The connection stands and an answer is awaited. From here on the probe is never dropped to make room for another one: a
     * slow answer must be able to arrive.
     */
    void connected();

    /** {@code resource} is closed, on another thread, when the supervisor gives this probe up; at once if it already has. */
    void onAbandon(AutoCloseable resource);
}
