package dev.mooring.spring.problem;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the problem for an exception: that of the first reader that knows it. If no reader does, logs the exception with its
 * stack trace and answers {@code internal_error}. Thread-safe.
 */
final class ProblemMapping {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.spring.problem");

    private final List<ProblemReader> readers;

    ProblemMapping(List<ProblemReader> readers) {
        this.readers = List.copyOf(readers);
    }

    /** The problem for {@code error}, never empty. */
    Problem of(Throwable error) {
        return readers.stream()
                .flatMap(reader -> reader.read(error).stream())
                .findFirst()
                .orElseGet(() -> {
                    LOG.error("A request failed because of a defect in this service: {}", error.toString(), error);
                    return Problem.internal();
                });
    }
}
