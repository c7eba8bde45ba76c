package dev.mooring.spring.problem;

import dev.mooring.spring.correlation.RequestId;
import dev.mooring.spring.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Problems as {@code application/problem+json} (RFC 9457). */
final class ProblemJson {
    private ProblemJson() {}

    static ErrorAnswer answer(Problem problem, Optional<String> type, String requestId) {
        return new ErrorAnswer(
                problem.status(),
                problem.retryAfter(),
                MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                body(problem, type, requestId));
    }

    private static byte[] body(Problem problem, Optional<String> type, String requestId) {
        JsonObject body = new JsonObject()
                .put("type", type)
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

    private static List<JsonObject> errors(Problem problem) {
        return problem.errors().stream()
                .map(error -> new JsonObject().put("field", error.field()).put("message", error.message()))
                .toList();
    }

    private static String title(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }
}
