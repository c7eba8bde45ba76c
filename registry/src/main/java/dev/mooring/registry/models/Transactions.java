package dev.mooring.registry.models;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.springframework.core.NestedRuntimeException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The two kinds of work on the database. Each is one transaction, within the time limits that the {@code DataSource} takes from the
 * request's deadline. Thread-safe.
 */
final class Transactions {
    private final TransactionTemplate reading;
    private final TransactionTemplate writing;

    Transactions(PlatformTransactionManager manager) {
        this.reading = new TransactionTemplate(manager);
        this.reading.setReadOnly(true);
        this.writing = new TransactionTemplate(manager);
    }

    /** Does work that changes nothing. */
    <T> T read(Supplier<T> work) {
        return result(reading, work);
    }

    /**
     * Does work that changes something; it is committed when this returns.
     *
     * @throws UnclearCommitException the commit was sent and nobody knows whether it was carried out
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

    @SuppressWarnings("NullAway") // Our work never gives null, which Spring's signature allows for.
    private static <T> T result(TransactionTemplate template, Supplier<T> work) {
        return template.execute(status -> work.get());
    }
}
