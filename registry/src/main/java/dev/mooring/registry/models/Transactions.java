package dev.mooring.registry.models;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.springframework.core.NestedRuntimeException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs work on the database, either reading or writing, each in one transaction. The {@code DataSource} limits its time by the request's
 * deadline. Thread-safe.
 */
final class Transactions {
    private final TransactionTemplate reading;
    private final TransactionTemplate writing;

    Transactions(PlatformTransactionManager manager) {
        this.reading = new TransactionTemplate(manager);
        this.reading.setReadOnly(true);
        this.writing = new TransactionTemplate(manager);
    }

    /** Runs work that changes nothing. */
    <T> T read(Supplier<T> work) {
        return result(reading, work);
    }

    /**
     * Runs work that changes something, and commits it before it returns.
     *
     * @throws UnclearCommitException the commit failed, and its outcome is unknown
     */
    <T> T write(Supplier<T> work) {
        AtomicBoolean committing = new AtomicBoolean();
        try {
            return result(writing, () -> {
                T result = work.get();
                committing.set(true);
                return result;
            });
        } catch (NestedRuntimeException failure) {
            throw committing.get() ? new UnclearCommitException(failure) : failure;
        }
    }

    @SuppressWarnings("NullAway") // No work here returns null, which Spring's signature allows.
    private static <T> T result(TransactionTemplate template, Supplier<T> work) {
        return template.execute(status -> work.get());
    }
}
