package dev.mooring.spring.health;

import dev.mooring.spring.memory.FromMemory;
import dev.mooring.spring.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Decides whether a request may read {@code /health/detailed}. A bean of the application replaces the default, which allows
 * every request while the service is bound to loopback and refuses every request otherwise.
 */
@FunctionalInterface
public interface DetailedHealthAccess extends FromMemory {
    /** The refusal, or empty when the request may read. */
    Optional<Problem> refuse(HttpServletRequest request);

    /**
     * The refusal of a request for what needs no key, such as {@code /health}; empty when the request may read. Probes of a process
     * ({@code /health/live}, {@code /health/ready}) never come here.
     */
    default Optional<Problem> refuseOpen(HttpServletRequest request) {
        return Optional.empty();
    }
}
