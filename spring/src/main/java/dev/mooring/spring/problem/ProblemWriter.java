package dev.mooring.spring.problem;

import dev.mooring.spring.correlation.RequestId;
import dev.mooring.spring.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Writes all error responses. */
public final class ProblemWriter {
    /** HTTP requires the header {@code WWW-Authenticate} with this status. */
    private static final int UNAUTHORIZED = 401;

    private ProblemWriter() {}

    /**
     * Sends {@code problem} as the response and discards what the response buffer holds. Does nothing if the response is
     * already committed, because the client then has its beginning.
     */
    public static void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        String id = RequestId.of(request, response);
        byte[] body = body(problem, id);
        response.setStatus(problem.status());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        problem.retryAfterSeconds().ifPresent(wait -> response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait)));
        if (problem.status() == UNAUTHORIZED && !response.containsHeader(HttpHeaders.WWW_AUTHENTICATE)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    private static byte[] body(Problem problem, String requestId) {
        JsonObject body = new JsonObject()
                .put("title", title(problem.status()))
                .put("status", problem.status())
                .put("code", problem.code())
                .put("detail", problem.detail())
                .put(RequestId.LOG_FIELD, requestId)
                .put("retry_after_seconds", problem.retryAfterSeconds());
        if (!problem.errors().isEmpty()) {
            body.put("errors", errors(problem));
        }
        problem.more().forEach(body::put);
        return body.bytes();
    }

    private static List<Map<String, String>> errors(Problem problem) {
        return problem.errors().stream()
                .map(error -> Map.of("field", error.field(), "message", error.message()))
                .toList();
    }

    private static String title(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }
}
