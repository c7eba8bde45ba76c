package dev.mooring.examples.flow.transactions;

import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.Postgres;
import dev.mooring.retry.Backoff;
import dev.mooring.retry.Retry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs work in a transaction, and runs it again while the database is away, as long as the request has time: a restart of the database costs
 * a client some seconds and no error. Thread-safe.
 *
 * <p>The work must be safe to repeat, because a commit whose answer was lost may have succeeded. So its caller chooses the ids of new rows
 * before, and the work begins by looking for them.
 */
public final class PatientTransactions {
    /** Where no request sets a nearer limit. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final TransactionTemplate transactions;
    private final Retry retry = Retry.with(
            Backoff.exponential(Duration.ofMillis(100))
                    .factor(1.5)
                    .cap(Duration.ofMillis(500))
                    .attempts(1_000)
                    .deadline(LONGEST),
            PatientTransactions::kindOf);

    PatientTransactions(PlatformTransactionManager manager) {
        this.transactions = new TransactionTemplate(manager);
    }

    /**
     * Runs the work.
     *
     * @throws RuntimeException what the work threw, or the last failure of the database when the time was over
     */
    public <T> T run(Supplier<T> work) {
        try {
            return retry.run(attempt -> Objects.requireNonNull(transactions.execute(status -> work.get())));
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** What is no failure of the database, such as a refused order, is empty: it is not repeated. */
    private static Optional<FailureKind> kindOf(Throwable error) {
        if (isAny(error, DependencyUnavailableException.class)) {
            return Optional.of(FailureKind.CONNECTION_LOST);
        }
        return isAny(error, SQLException.class) ? Postgres.failures().classify(error) : Optional.empty();
    }

    private static boolean isAny(Throwable error, Class<?> type) {
        return FailureClassifier.causes(error).stream().anyMatch(type::isInstance);
    }
}
