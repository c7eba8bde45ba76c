package dev.mooring.spring.problem;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the answer to an exception: the first of the readers that knows it, else {@code internal_error}, which is logged with its
 * stack trace. Thread-safe.
 */
final class ProblemMapping {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.spring.problem");

    private final List<ProblemReader> readers;

    ProblemMapping(List<ProblemReader> readers) {
        this.readers = List.copyOf(readers);
    }

    /** The answer to {@code error}, whatever it is. */
    Problem of(Throwable error) {
        return readers.stream()
                .flatMap(reader -> reader.read(error).stream())
                .findFirst()
                .orElseGet(() -> {
                    LOG.error("A request failed by a mistake of ours: {}", error.toString(), error);
                    return Problem.internal();
                });
    }
}
