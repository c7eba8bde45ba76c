package dev.mooring.retry;

import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Tries again what failed for a passing reason. Permanent failures, and what is not the dependency's fault, end it at once.
 * Thread-safe; the waits happen on the calling thread and end with its deadline or an interrupt.
 */
public final class Retry {
    private final Backoff backoff;
    private final FailureClassifier classifier;
    private final Time time;
    private final Pause pause;
    private final Predicate<FailureKind> worthwhile;
    private final Optional<RetryBudget> budget;

    /** How a wait is made; a test puts a manual clock behind it. */
    @FunctionalInterface
    public interface Pause {
        /** Waits. */
        void of(Duration duration) throws InterruptedException;
    }

    private Retry(
            Backoff backoff,
            FailureClassifier classifier,
            Time time,
            Pause pause,
            Predicate<FailureKind> worthwhile,
            Optional<RetryBudget> budget) {
        this.backoff = backoff;
        this.classifier = classifier;
        this.time = time;
        this.pause = pause;
        this.worthwhile = worthwhile;
        this.budget = budget;
    }

    /** Tries as {@code backoff} says; {@code classifier} tells what may pass by itself. */
    public static Retry with(Backoff backoff, FailureClassifier classifier) {
        return new Retry(
                backoff,
                classifier,
                Time.system(),
                d -> Thread.sleep(d.toMillis()),
                kind -> !kind.isPermanent(),
                Optional.empty());
    }

    /** The same on other clocks. */
    public Retry on(Time otherTime, Pause otherPause) {
        return new Retry(backoff, classifier, otherTime, otherPause, worthwhile, budget);
    }

    /** The same, but {@code kinds} says which failures are waited for, for example a database that somebody will create. */
    public Retry waitingFor(Predicate<FailureKind> kinds) {
        return new Retry(backoff, classifier, time, pause, kinds, budget);
    }

    /** The same, but a retry is made only when {@code purse} pays for it, which counts how it ended. */
    public Retry paidBy(RetryBudget purse) {
        return new Retry(backoff, classifier, time, pause, worthwhile, Optional.of(purse));
    }

    /** {@link #run(Attempt, RetryListener)} that nobody listens to. */
    public <T> T run(Attempt<T> work) throws Exception {
        return run(work, (attempt, attempts, error, kind, next) -> {});
    }

    /**
     * Runs {@code work} until it succeeds.
     *
     * @throws Exception what the last attempt threw: attempts used up, deadline passed, or not worth another one
     */
    public <T> T run(Attempt<T> work, RetryListener listener) throws Exception {
        RandomGenerator random = ThreadLocalRandom.current();
        Deadline overall = Deadline.in(Deadline.cut(backoff.deadline()), time);
        for (int attempt = 1; ; attempt++) {
            int number = attempt;
            try {
                T result = work.run(attempt);
                count(attempt, true);
                return result;
            } catch (Exception error) {
                count(attempt, false);
                Optional<FailureKind> kind = classifier.classify(error);
                Optional<Duration> next = Optional.of(backoff.delayAfter(attempt, random))
                        .filter(delay -> kind.filter(worthwhile).isPresent())
                        .filter(delay -> number < backoff.attempts() && delay.compareTo(overall.left()) < 0)
                        .filter(delay -> budget.map(RetryBudget::tryRetry).orElse(true));
                listener.failed(attempt, backoff.attempts(), error, kind, next);
                if (next.isEmpty()) {
                    throw error;
                }
                pause.of(next.get());
            }
        }
    }

    private void count(int attempt, boolean well) {
        if (attempt > 1) {
            budget.ifPresent(purse -> purse.ended(well));
        }
    }
}
