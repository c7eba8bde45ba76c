package dev.mooring.spring.problem;

import dev.mooring.spring.memory.FromMemory;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.util.UriUtils;

/**
 * The forms of error responses of one application, by path, and the types of its problems. The application's servlet context holds them, because some layers that write
 * errors know the request only. Immutable.
 */
final class ErrorForms implements FromMemory {
    private static final String ATTRIBUTE = ErrorForms.class.getName();
    private static final ErrorForms NONE = new ErrorForms(List.of(), code -> Optional.empty());

    private final Map<String, ErrorForm> byRoot = new HashMap<>();
    private final ProblemTypes types;

    /**
     * Collects the forms; {@code types} are of all problems that none of them has.
     *
     * @throws IllegalArgumentException two forms have the same path
     */
    ErrorForms(List<ErrorForm> forms, ProblemTypes types) {
        this.types = types;
        for (ErrorForm form : forms) {
            form.roots().forEach(root -> {
                if (byRoot.put(root, form) != null) {
                    throw new IllegalArgumentException("two forms of errors have the path " + root);
                }
            });
        }
    }

    /** The forms of this application. */
    static ErrorForms in(ServletContext application) {
        return application.getAttribute(ATTRIBUTE) instanceof ErrorForms forms ? forms : NONE;
    }

    /** Without a form and without types. */
    static ErrorForms none() {
        return NONE;
    }

    void putInto(ServletContext application) {
        application.setAttribute(ATTRIBUTE, this);
    }

    /** The response that carries {@code problem}, in the form of the request's path. */
    ErrorAnswer answer(HttpServletRequest request, Problem problem, String requestId) {
        String root = byRoot.isEmpty() ? "" : path(request);
        while (!root.isEmpty()) {
            ErrorForm form = byRoot.get(root);
            if (form != null) {
                return form.answer(request, problem, requestId);
            }
            root = root.substring(0, Math.max(0, root.lastIndexOf('/')));
        }
        return ProblemJson.answer(problem, types.of(problem.code()), requestId);
    }

    /** The path that the client asked for. While the container dispatches an error, or before it has mapped the path, the raw one. */
    private static String path(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String asked) {
            return decoded(asked);
        }
        String servlet = request.getServletPath();
        String rest = request.getPathInfo();
        String mapped = (servlet == null ? "" : servlet) + (rest == null ? "" : rest);
        return mapped.isEmpty() ? decoded(String.valueOf(request.getRequestURI())) : mapped;
    }

    private static String decoded(String path) {
        try {
            return UriUtils.decode(path, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noPercentEncoding) {
            return path;
        }
    }
}
