package dev.mooring.postgres;

import javax.sql.DataSource;

/** Work on a database before calls to it are admitted. */
@FunctionalInterface
public interface DatabaseTask {
    /**
     * Does it; must be safe to repeat.
     *
     * @param connections past the pool and without a statement limit; closed when the database falls silent or the owner closes
     */
    void run(DataSource connections) throws Exception;
}
