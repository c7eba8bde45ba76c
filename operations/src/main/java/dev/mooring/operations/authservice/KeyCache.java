package dev.mooring.operations.authservice;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.Optional;

/**
 * What the auth service said of keys, by the hash of the key. Valid keys and others have caches of their own, each of at most 10,000, so
 * unknown keys drive no valid one out. Thread-safe.
 */
final class KeyCache {
    private static final int MOST = 10_000;
    private static final Duration REFUSED_FOR = Duration.ofSeconds(5);

    private final Time time;
    private final Cache<KeyHash, KnownKey> valid;
    private final Cache<KeyHash, Boolean> invalid;

    /** {@code keptFor} is how long a valid key is of use after the last clear answer. */
    KeyCache(Time time, Duration keptFor) {
        this.time = time;
        this.valid = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(keptFor)
                .ticker(time::nanos)
                .executor(Runnable::run)
                .build();
        this.invalid = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(REFUSED_FOR)
                .ticker(time::nanos)
                .executor(Runnable::run)
                .build();
    }

    Optional<KnownKey> valid(KeyHash hash) {
        return Optional.ofNullable(valid.getIfPresent(hash));
    }

    boolean isInvalid(KeyHash hash) {
        return invalid.getIfPresent(hash) != null;
    }

    /** Keeps an answer to a question that was asked at that time. An unclear one only puts a valid key in doubt. */
    void keep(KeyHash hash, Outcome outcome, long asked) {
        if (outcome instanceof Outcome.Valid found) {
            invalid.invalidate(hash);
            valid.put(hash, KnownKey.valid(found.caller(), asked));
        } else if (outcome instanceof Outcome.Invalid) {
            valid.invalidate(hash);
            invalid.put(hash, true);
        } else {
            doubt(hash);
        }
    }

    /** Puts a valid key in doubt: a question had no clear answer, or none in time. */
    void doubt(KeyHash hash) {
        valid.asMap().computeIfPresent(hash, (same, known) -> known.doubted(time.nanos()));
    }
}
