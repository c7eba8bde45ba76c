package dev.mooring.retry;

import java.time.Duration;

/** Ready-made backoffs of the systems that Mooring was made for. */
public enum RetryProfile {
    /** 3 attempts, waits of 1 and 2 s. */
    REGISTRY(new Backoff(3, Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 0.2, Duration.ofSeconds(30))),
    /** 10 attempts, 1 s ×1.5, at most 30 s: for a database that comes up with the whole stack. */
    FLOW(new Backoff(10, Duration.ofSeconds(1), 1.5, Duration.ofSeconds(30), 0.2, Duration.ofMinutes(10))),
    /** 5 attempts, waits of 2, 4, 8 and 16 s between them. */
    GLUCOLENS(new Backoff(5, Duration.ofSeconds(2), 2, Duration.ofSeconds(16), 0, Duration.ofMinutes(2)));

    private final Backoff backoff;

    RetryProfile(Backoff backoff) {
        this.backoff = backoff;
    }

    /** The profile's figures. */
    public Backoff backoff() {
        return backoff;
    }
}
