package dev.mooring.cli.database;

import dev.mooring.failure.Failure;
import java.time.Duration;

/** A dependency that a command asks whether it answers. Not thread-safe. */
interface Contact extends AutoCloseable {
    /** The name of the dependency. */
    String dependency();

    /**
     * Asks once.
     *
     * @return what answered, for people, as in {@code PostgreSQL 15.14}
     * @throws NoAnswerException it did not answer within the limit, or refused
     */
    String ask(Duration limit) throws NoAnswerException, InterruptedException;

    @Override
    void close();

    /** An attempt failed. */
    final class NoAnswerException extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Failure failure;

        NoAnswerException(Failure failure) {
            super(failure.message(), null, false, false);
            this.failure = failure;
        }

        Failure failure() {
            return failure;
        }
    }
}
