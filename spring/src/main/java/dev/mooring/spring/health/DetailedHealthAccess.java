package dev.mooring.spring.health;

import dev.mooring.spring.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Decides who may read {@code /health/detailed}. An application's own bean takes the place of the default, which lets everybody
 * read while the service is bound to loopback and nobody otherwise. Must not block and must not touch a dependency.
 */
@FunctionalInterface
public interface DetailedHealthAccess {
    /** Why this request may not read, or empty when it may. */
    Optional<Problem> refuse(HttpServletRequest request);
}
