package dev.mooring.spring.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An error response (RFC 9457, {@code application/problem+json}). Immutable.
 *
 * @param status the HTTP status, 400 to 599
 * @param code the stable name of the error in snake case, by which programs tell errors apart
 * @param detail what happened and what to do, for people; never a secret
 * @param retryAfter how long the client should wait before it tries again, sent in whole seconds, at least 1; empty where
 *     waiting does not help
 * @param errors what is wrong with single fields of the request
 * @param more further members of the body, such as {@code registration_id}
 */
public record Problem(
        int status,
        String code,
        String detail,
        Optional<Duration> retryAfter,
        List<FieldProblem> errors,
        Map<String, Object> more) {
    private static final Duration SOON = Duration.ofSeconds(1);

    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("a problem's status must be 400 to 599 but is " + status);
        }
        errors = List.copyOf(errors);
        more = Map.copyOf(more);
    }

    /** A problem with a detail and nothing else. */
    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, Optional.empty(), List.of(), Map.of());
    }

    /** 404 with a code of its own, such as {@code model_not_found}: the request names something that does not exist. */
    public static Problem notFound(String code, String detail) {
        return of(404, code, detail);
    }

    /** 422 {@code invalid_request}: the request was understood and its fields are not acceptable. */
    public static Problem invalid(List<FieldProblem> errors) {
        String count = errors.size() == 1 ? "1 field is" : errors.size() + " fields are";
        return of(422, "invalid_request", count + " not acceptable; see errors.")
                .withErrors(errors);
    }

    /** 503 {@code <dependency>_unavailable}: a dependency that the request needs does not work now. */
    public static Problem unavailable(String dependency, String detail, Duration retryAfter) {
        return of(503, codeOf(dependency), detail).withRetryAfter(retryAfter);
    }

    /** The code of {@link #unavailable} for this dependency. */
    public static String codeOf(String dependency) {
        return dependency.replace('-', '_') + "_unavailable";
    }

    /** 503 {@code saturated}: this service is at its own limits. */
    public static Problem saturated(String detail) {
        return of(503, "saturated", detail).withRetryAfter(SOON);
    }

    /** 500 {@code internal_error}: a defect of this service. The log has the details under the request's id. */
    public static Problem internal() {
        return of(500, "internal_error", "Something went wrong here. The log has the details under this request_id.");
    }

    /** The same, worth trying again after {@code wait}. */
    public Problem withRetryAfter(Duration wait) {
        return new Problem(status, code, detail, Optional.of(wait), errors, more);
    }

    /** The same with what is wrong with single fields. */
    public Problem withErrors(List<FieldProblem> fields) {
        return new Problem(status, code, detail, retryAfter, fields, more);
    }

    /** The same with one more member. */
    public Problem with(String name, Object value) {
        Map<String, Object> members = new LinkedHashMap<>(more);
        members.put(name, value);
        return new Problem(status, code, detail, retryAfter, errors, members);
    }

    /** {@link #retryAfter()} in whole seconds, rounded up, at least 1. */
    public Optional<Long> retryAfterSeconds() {
        return retryAfter.map(RetryAfter::seconds);
    }
}
