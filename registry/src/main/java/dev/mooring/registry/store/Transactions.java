package dev.mooring.registry.store;

import dev.mooring.failure.FailureClassifier;
import dev.mooring.postgres.Postgres;
import dev.mooring.retry.Backoff;
import dev.mooring.time.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs work on the database, either reading or writing. The {@code DataSource} limits its time by the request's
 * deadline. It relies on isolation level read committed, for which the sessions of the pool ask. When the server rolled a transaction
 * back because of a conflict or a race, it runs the work again as long as the request has time. Thread-safe.
 */
public final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    /** Less than this is not enough for a connection, a statement and a commit. */
    private static final Duration WORTH_TRYING = Duration.ofMillis(100);
    /** Bounds the repetitions of work without a deadline. */
    private static final int MOST_ATTEMPTS = 100;
    /** Without pauses of different lengths two transactions that were in each other's way would be so again. */
    private static final Backoff PAUSES =
            Backoff.exponential(Duration.ofMillis(5)).jitter(1).cap(Duration.ofMillis(200));
    /**
     * A row refers to one that another transaction has just deleted, or has a key that another one has just taken. The work looks before
     * it writes, so the second attempt sees what the other did; these few attempts bound a defect of the work.
     */
    private static final Set<String> RACES = Set.of("23503", "23505");

    private static final int MOST_RACES = 3;

    private final BooleanSupplier isPooled;
    private final TransactionTemplate reading;
    /** One connection for all statements of the work, and no transaction around them. */
    private final TransactionTemplate connected;

    private final TransactionTemplate writing;

    /** Transactions on a server to which connections go without a pooler. */
    public Transactions(PlatformTransactionManager manager) {
        this(manager, () -> false);
    }

    /**
     * Transactions on a server.
     *
     * @param isPooled whether connections go through a pooler, where limits of time hold for one transaction
     */
    public Transactions(PlatformTransactionManager manager, BooleanSupplier isPooled) {
        this.isPooled = isPooled;
        this.reading = new TransactionTemplate(manager);
        this.reading.setReadOnly(true);
        this.connected = new TransactionTemplate(manager);
        this.connected.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);
        this.writing = new TransactionTemplate(manager);
    }

    /**
     * Runs work that changes nothing, and may run it several times. Each of its statements sees what was committed when the statement
     * began, as it would in one transaction of this isolation level. So the statements run without a transaction around them, whose begin
     * and commit would cost as much as a statement. Behind a pooler they run in one.
     */
    public <T> T read(Supplier<T> work) {
        return repeating(() -> result(isPooled.getAsBoolean() ? reading : connected, work));
    }

    /**
     * Runs work that changes something, in one transaction, and commits it before it returns. It may run the work several times, each time after a roll-back, so
     * the work must change nothing but the database.
     *
     * @throws UnclearCommitException the commit failed, and its outcome is unknown
     */
    public <T> T write(Supplier<T> work) {
        return repeating(() -> writeOnce(work));
    }

    private <T> T writeOnce(Supplier<T> work) {
        AtomicBoolean committing = new AtomicBoolean();
        try {
            return result(writing, () -> {
                T result = work.get();
                committing.set(true);
                return result;
            });
        } catch (NestedRuntimeException failure) {
            boolean unclear = committing.get() && !isRolledBack(failure);
            throw unclear ? new UnclearCommitException(failure) : failure;
        }
    }

    private static <T> T repeating(Supplier<T> transaction) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.get();
            } catch (NestedRuntimeException failure) {
                boolean conflict = Postgres.isRolledBackByConflict(failure)
                        || (attempt <= MOST_RACES && hasState(failure, RACES::contains));
                boolean again = conflict
                        && attempt < MOST_ATTEMPTS
                        && Deadline.cut(WORTH_TRYING).compareTo(WORTH_TRYING) >= 0;
                if (!again || !pause(attempt)) {
                    throw failure;
                }
                LOG.debug("attempt {} was rolled back and is repeated: {}", attempt, failure.getMessage());
            }
        }
    }

    /** Waits before the next attempt; false if the thread is interrupted. */
    private static boolean pause(int attempt) {
        try {
            Thread.sleep(PAUSES.delayAfter(attempt, ThreadLocalRandom.current()).toMillis());
            return true;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether the server answered the commit with a roll-back: a conflict with another transaction, or a constraint. */
    private static boolean isRolledBack(Throwable failure) {
        return Postgres.isRolledBackByConflict(failure) || hasState(failure, state -> state.startsWith("23"));
    }

    private static boolean hasState(Throwable failure, Predicate<String> which) {
        return FailureClassifier.causes(failure).stream()
                .anyMatch(cause -> cause instanceof SQLException sql && which.test(String.valueOf(sql.getSQLState())));
    }

    @SuppressWarnings("NullAway") // No work here returns null, which Spring's signature allows.
    private static <T> T result(TransactionTemplate template, Supplier<T> work) {
        return template.execute(status -> work.get());
    }
}
