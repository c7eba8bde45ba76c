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
        TimeLeft time = TimeLeft.of(timeout);
        Duration pause = interval;
        for (int attempt = 1; ; attempt++) {
            try {
                String answered = contact.ask(time.cut(ATTEMPT));
                return outcome(contact, attempt, begun, Optional.of(answered), Optional.empty(), false);
            } catch (NoAnswerException failed) {
                Failure failure = failed.failure();
                boolean refused = !isWaitedFor(failure.kind());
                boolean over = time.isOver();
                Duration next = time.pause(pause);
                tell(contact, attempt, failure, refused || over ? Optional.empty() : Optional.of(next));
                if (refused || over) {
                    return outcome(contact, attempt, begun, Optional.empty(), Optional.of(failure), refused);
                }
                Thread.sleep(next.toMillis());
                Duration longer = Duration.ofNanos((long) (pause.toNanos() * GROWTH));
                pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
            }
        }
    }

    private boolean isWaitedFor(FailureKind kind) {
        return patient || !kind.isPermanent() || kind == FailureKind.DATABASE_MISSING;
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
