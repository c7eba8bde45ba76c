package dev.mooring.postgres.settings;

import dev.mooring.retry.Backoff;
import java.time.Duration;

/** Ready-made backoffs of the systems that Mooring was made for. */
public enum RetryProfile {
    /** 3 attempts, waits of 1 and 2 s. */
    REGISTRY(Backoff.exponential(Duration.ofSeconds(1))),
    /** 10 attempts, 1 s ×1.5, at most 30 s: for a database that comes up with the whole stack. */
    FLOW(Backoff.exponential(Duration.ofSeconds(1)).factor(1.5).attempts(10).deadline(Duration.ofMinutes(10))),
    /** 5 attempts, waits of 2, 4, 8 and 16 s between them. */
    GLUCOLENS(Backoff.exponential(Duration.ofSeconds(2))
            .cap(Duration.ofSeconds(16))
            .jitter(0)
            .attempts(5)
            .deadline(Duration.ofMinutes(2)));

    private final Backoff backoff;

    RetryProfile(Backoff backoff) {
        this.backoff = backoff;
    }

    /** The backoff of this profile. */
    public Backoff backoff() {
        return backoff;
    }
}
