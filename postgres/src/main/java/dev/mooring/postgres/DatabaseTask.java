package dev.mooring.postgres;

import javax.sql.DataSource;

/** Work on a database that runs before the breaker admits calls. */
@FunctionalInterface
public interface DatabaseTask {
    /**
     * Does the work. The supervisor repeats a task that failed, so the work must be safe to repeat.
     *
     * @param connections connections outside the pool, without a statement limit; they close when the database stops answering, and when
     *     its owner closes
     */
    void run(DataSource connections) throws Exception;
}
