package dev.mooring.spring.health;

import dev.mooring.spring.json.JsonObject;
import dev.mooring.spring.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;

/**
 * One more path that is answered with health, from memory and before anything that could wait, for whoever may read
 * {@code /health/detailed}. A module or an application adds it as a bean.
 */
public interface HealthPath {
    /** The path, such as {@code /health/history}. */
    String path();

    /**
     * The answer now: a read of memory that never waits.
     *
     * @throws ProblemException what is wrong with the question
     */
    JsonObject read(HttpServletRequest request);
}
