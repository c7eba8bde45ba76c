package dev.mooring.retry;

import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats work that failed with a transient failure. A permanent failure, or one that is not the dependency's fault, ends it at
 * once. Thread-safe. It waits on the calling thread, within that thread's deadline; an interrupt ends the wait.
 */
public final class Retry {
    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);

    private final Backoff backoff;
    private final FailureClassifier classifier;
    private final Time time;
    private final Predicate<FailureKind> worthwhile;
    private final Optional<RetryBudget> budget;

    private Retry(
            Backoff backoff,
            FailureClassifier classifier,
            Time time,
            Predicate<FailureKind> worthwhile,
            Optional<RetryBudget> budget) {
        this.backoff = backoff;
        this.classifier = classifier;
        this.time = time;
        this.worthwhile = worthwhile;
        this.budget = budget;
    }

    /** Retries as {@code backoff} says; {@code classifier} decides which failures are transient. */
    public static Retry with(Backoff backoff, FailureClassifier classifier) {
        return new Retry(
                backoff,
                FailureClassifier.fenced(classifier),
                Time.system(),
                kind -> !kind.isPermanent(),
                Optional.empty());
    }

    /** The same on other clocks, which measure the waits too. */
    public Retry on(Time otherTime) {
        return new Retry(backoff, classifier, otherTime, worthwhile, budget);
    }

    /** The same, but {@code kinds} decides which failures are worth a retry, for example a database that does not exist yet. */
    public Retry waitingFor(Predicate<FailureKind> kinds) {
        return new Retry(backoff, classifier, time, kinds, budget);
    }

    /** The same, but {@code purse} has to pay for each retry, and counts how it ended. */
    public Retry paidBy(RetryBudget purse) {
        return new Retry(backoff, classifier, time, worthwhile, Optional.of(purse));
    }

    /** {@link #run(Attempt, RetryListener)} without a listener. */
    public <T> T run(Attempt<T> work) throws Exception {
        return run(work, (attempt, attempts, error, kind, next) -> {});
    }

    /**
     * Runs {@code work} until it succeeds.
     *
     * @throws Exception what the last attempt threw: attempts used up, deadline passed, or not worth another one
     */
    public <T> T run(Attempt<T> work, RetryListener listener) throws Exception {
        RandomGenerator random = time.chance();
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
                tell(listener, attempt, error, kind, next);
                if (next.isEmpty()) {
                    throw error;
                }
                time.sleep(next.get());
            }
        }
    }

    /** A listener that throws does not replace the failure that it receives. */
    private void tell(
            RetryListener listener, int attempt, Exception error, Optional<FailureKind> kind, Optional<Duration> next) {
        try {
            listener.failed(attempt, backoff.attempts(), error, kind, next);
        } catch (RuntimeException | Error broken) {
            LOG.warn("a listener of retries failed", broken);
        }
    }

    private void count(int attempt, boolean well) {
        if (attempt > 1) {
            budget.ifPresent(purse -> purse.ended(well));
        }
    }
}
