package dev.mooring.spring.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/**
 * Answers all exceptions of controllers and of Spring MVC, except those of Spring Security. Comes after every advice of the
 * application.
 */
@RestControllerAdvice
final class ProblemAdvice {
    private final ProblemMapping mapping;

    ProblemAdvice(ProblemMapping mapping) {
        this.mapping = mapping;
    }

    @ExceptionHandler(AsyncRequestNotUsableException.class)
    void clientWentAway() {
        // The client closed the connection, so there is nothing to send.
    }

    @ExceptionHandler(Throwable.class)
    void answer(Throwable error, HttpServletRequest request, HttpServletResponse response) throws Throwable {
        if (UsualWay.isOfSecurity(error)) {
            throw error;
        }
        Problem problem = mapping.of(error);
        if (error instanceof ErrorResponse known) {
            allow(known.getHeaders(), response);
        }
        ProblemWriter.write(request, response, problem);
    }

    private static void allow(HttpHeaders headers, HttpServletResponse response) {
        headers.forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
    }
}
