package dev.mooring.cli.database;

import dev.mooring.cli.terminal.Durations;
import dev.mooring.failure.FailureKind;
import dev.mooring.retry.Backoff;
import dev.mooring.retry.Retry;
import dev.mooring.time.Time;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * A backoff, played through against a dependency that always fails, on a clock that a wait moves on at once.
 *
 * @param attempts how many attempts were made
 * @param waits the waits between them, for people
 */
record Rehearsal(int attempts, String waits) {
    static Rehearsal of(Backoff backoff, FailureKind failure) throws InterruptedException {
        List<Duration> waits = new ArrayList<>();
        AtomicLong now = new AtomicLong();
        Time time = Time.of(InstantSource.system(), now::get).sleeping(wait -> {
            waits.add(wait);
            now.addAndGet(wait.toNanos());
        });
        int[] attempts = {0};
        try {
            Retry.with(backoff.jitter(0), error -> Optional.of(failure))
                    .on(time)
                    .run(number -> {
                        attempts[0] = number;
                        throw new IllegalStateException("always fails");
                    });
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception expected) {
            // The last failure.
        }
        return new Rehearsal(attempts[0], waits.stream().map(Durations::text).collect(Collectors.joining(", ")));
    }
}
