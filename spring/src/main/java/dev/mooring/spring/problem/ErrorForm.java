package dev.mooring.spring.problem;

import dev.mooring.spring.memory.FromMemory;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * The form of all error responses below some paths, where it is another than {@code application/problem+json}. A feature whose clients
 * expect a form of their own defines a bean of this type. Then the refusals of every layer have this form there: of access, of the
 * limits, of the dispatcher, and of Tomcat. Thread-safe.
 */
public interface ErrorForm extends FromMemory {
    /** Paths with everything below them, such as {@code /api/2.0/mlflow}. The form with the longest such path counts. */
    Set<String> roots();

    /**
     * The response that carries a problem.
     *
     * @param request the request; its body may have been read
     * @param requestId the id of the request, which the response's header already carries
     */
    ErrorAnswer answer(HttpServletRequest request, Problem problem, String requestId);
}
