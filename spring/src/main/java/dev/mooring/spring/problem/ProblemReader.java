package dev.mooring.spring.problem;

import java.util.List;
import java.util.Optional;

/**
 * Translates exceptions into problems. An application adds its own readers as beans; they come before the starter's, in their
 * order. Must be thread-safe and must not block.
 */
@FunctionalInterface
public interface ProblemReader {
    /** The problem for this exception, or empty when this reader does not know it. */
    Optional<Problem> read(Throwable error);

    /** A reader that asks these one after the other, until one knows the exception. */
    static ProblemReader firstOf(List<ProblemReader> readers) {
        List<ProblemReader> all = List.copyOf(readers);
        return error ->
                all.stream().flatMap(reader -> reader.read(error).stream()).findFirst();
    }
}
