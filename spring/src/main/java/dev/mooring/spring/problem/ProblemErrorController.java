package dev.mooring.spring.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers errors from outside of the controllers: exceptions of filters, and {@code sendError}. */
@RestController
final class ProblemErrorController implements ErrorController {
    private final ProblemMapping mapping;

    ProblemErrorController(ProblemMapping mapping) {
        this.mapping = mapping;
    }

    @RequestMapping("${spring.web.error.path:${error.path:/error}}")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ProblemWriter.write(request, response, problem(request));
    }

    private Problem problem(HttpServletRequest request) {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer told ? told : 404;
        boolean thrown = status == HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        return thrown && request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable error
                ? mapping.of(error)
                : StatusProblem.of(status);
    }
}
