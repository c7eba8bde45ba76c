package dev.mooring.spring.problem;

import dev.mooring.thread.OutOfMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a problem for every exception. If the reader does not know it, logs the exception with its stack trace and answers {@code
 * internal_error}. Thread-safe.
 */
final class ProblemMapping {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.spring.problem");

    private final ProblemReader reader;

    ProblemMapping(ProblemReader reader) {
        this.reader = reader;
    }

    /** The problem for {@code error}, never empty. */
    Problem of(Throwable error) {
        return reader.read(error).orElseGet(() -> {
            LOG.error("A request failed because of a defect in this service: {}", error.toString(), error);
            OutOfMemory.report(error);
            return Problem.internal();
        });
    }
}
