package dev.mooring.spring.health;

import dev.mooring.spring.json.JsonObject;
import dev.mooring.spring.memory.FromMemory;
import dev.mooring.spring.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;

/**
 * A further path that the health filter answers from memory, before any filter that could wait, to requests that may read
 * {@code /health/detailed}. A module or an application adds it as a bean.
 */
public interface HealthPath extends FromMemory {
    /** The path, such as {@code /health/history}. */
    String path();

    /**
     * The present response.
     *
     * @throws ProblemException the parameters of the request are wrong
     */
    JsonObject read(HttpServletRequest request);
}
