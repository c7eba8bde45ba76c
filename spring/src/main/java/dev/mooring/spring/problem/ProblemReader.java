package dev.mooring.spring.problem;

import java.util.Optional;

/**
 * Knows what some exceptions mean to a client. An application adds its own as beans; those are asked first, in their order. Must be
 * thread-safe and must not block.
 */
@FunctionalInterface
public interface ProblemReader {
    /** The answer to this exception, or empty when this reader does not know it. */
    Optional<Problem> read(Throwable error);
}
