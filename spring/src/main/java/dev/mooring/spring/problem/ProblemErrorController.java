package dev.mooring.spring.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what failed outside of the controllers: in a filter, or by {@code sendError}. */
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
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable error) {
            return mapping.of(error);
        }
        boolean told = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer;
        return StatusProblem.of(told ? (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) : 404);
    }
}
