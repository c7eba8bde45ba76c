package dev.mooring.cli.database;

import dev.mooring.cli.database.Contact.NoAnswerException;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks a dependency again and again until it answers, the time is over or it refuses for a reason that waiting cannot change. Immutable.
 *
 * @param timeout the longest wait
 * @param interval the pause after the first attempt; each later one is 1.1 times as long, 10 s at most
 * @param patient whether refusals are waited for too
 * @param progress receives a line for each failed attempt
 */
record Wait(Duration timeout, Duration interval, boolean patient, Consumer<String> progress) {
    private static final Duration ATTEMPT = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final double GROWTH = 1.1;
    /** What is kept for a last attempt when the next pause would end after the time. */
    private static final Duration LAST = Duration.ofSeconds(1);

    private static final Duration SHORTEST = Duration.ofMillis(100);

    /**
     * How a wait ended.
     *
     * @param attempts the number of attempts
     * @param took the whole time
     * @param answered what answered, for people; empty when nothing did
     * @param failure the last failure; empty when it answered
     * @param refused whether the dependency refused for a reason that waiting cannot change
     */
    record Outcome(
            String dependency,
            int attempts,
            Duration took,
            Optional<String> answered,
            Optional<Failure> failure,
            boolean refused) {}

    /** Waits on this thread. */
    Outcome on(Contact contact) throws InterruptedException {
        long begun = System.nanoTime();
        Duration pause = interval;
        for (int attempt = 1; ; attempt++) {
            Duration left = timeout.minusNanos(System.nanoTime() - begun);
            try {
                String answered = contact.ask(within(left));
                return outcome(contact, attempt, begun, Optional.of(answered), Optional.empty(), false);
            } catch (NoAnswerException failed) {
                Failure failure = failed.failure();
                left = timeout.minusNanos(System.nanoTime() - begun);
                boolean refused = !isWaitedFor(failure.kind());
                boolean over = left.compareTo(SHORTEST) < 0;
                Duration next = nextPause(pause, left);
                tell(contact, attempt, failure, refused || over ? Optional.empty() : Optional.of(next));
                if (refused || over) {
                    return outcome(contact, attempt, begun, Optional.empty(), Optional.of(failure), refused);
                }
                Thread.sleep(next.toMillis());
                pause = shorter(Duration.ofNanos((long) (pause.toNanos() * GROWTH)), LONGEST_PAUSE);
            }
        }
    }

    private boolean isWaitedFor(FailureKind kind) {
        return patient || !kind.isPermanent() || kind == FailureKind.DATABASE_MISSING;
    }

    private static Duration within(Duration left) {
        return left.compareTo(SHORTEST) < 0 ? SHORTEST : shorter(left, ATTEMPT);
    }

    /** The pause, cut so that time for one more attempt is left. */
    private static Duration nextPause(Duration pause, Duration left) {
        if (pause.compareTo(left) < 0) {
            return pause;
        }
        return left.compareTo(LAST) > 0 ? left.minus(LAST) : left.compareTo(SHORTEST) < 0 ? left : left.minus(SHORTEST);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void tell(Contact contact, int attempt, Failure failure, Optional<Duration> next) {
        String then = next.map(pause -> String.format(Locale.ROOT, "; next in %.1f s", pause.toNanos() / 1e9))
                .orElse("");
        progress.accept(contact.dependency() + ": attempt " + attempt + " failed: "
                + failure.kind().code() + ": " + failure.message() + then);
    }

    private static Outcome outcome(
            Contact contact,
            int attempts,
            long begun,
            Optional<String> answered,
            Optional<Failure> failure,
            boolean refused) {
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        return new Outcome(contact.dependency(), attempts, took, answered, failure, refused);
    }
}
