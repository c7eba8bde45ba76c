package dev.mooring.supervision;

import java.time.Duration;

/** The fixed periods of supervision; what a user may set is in {@link dev.mooring.probe.ProbeTiming}. */
final class Rhythm {
    /** Between probes after a first failure and while recovering: a refusal convicts in about a second. */
    static final Duration SUSPICIOUS = Duration.ofMillis(200);

    /** Between probes while the breaker is open. */
    static final Duration OPEN = Duration.ofMillis(500);

    /**
     * The same while the dependency accepts connections without an answer. A server that hangs keeps each of them in its queue, also when the
     * probe has given it up, so fewer is better. But a proxy whose server is away may never answer the old ones, so there have to be new ones.
     */
    static final Duration HANGING = Duration.ofSeconds(2);

    /** Between fresh log-ins beside a session that answers: a session proves neither log-in nor name resolution. */
    static final Duration LOG_IN = Duration.ofSeconds(60);

    /** The supervisor starts another probe beside one that has had no answer for this long. */
    static final Duration BESIDE = Duration.ofSeconds(1);

    /** How long a fresh probe may take to connect. */
    static final Duration CONNECT = Duration.ofSeconds(1);

    private Rhythm() {}
}
