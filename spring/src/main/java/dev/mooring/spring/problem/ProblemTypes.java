package dev.mooring.spring.problem;

import dev.mooring.spring.memory.FromMemory;
import java.util.Optional;

/**
 * The addresses of the pages that explain codes, which become the member {@code type} of a problem (RFC 9457). An application that serves such
 * pages defines a bean of this type; without one a problem has no {@code type}. Thread-safe.
 */
@FunctionalInterface
public interface ProblemTypes extends FromMemory {
    /** The address of the page about {@code code}, absolute or below the host, such as {@code /errors/not_found}; empty where no page is about it. */
    Optional<String> of(String code);
}
