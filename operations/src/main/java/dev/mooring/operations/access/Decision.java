package dev.mooring.operations.access;

import dev.mooring.settings.Secret;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Set;

/** Whether a caller may make a call. */
sealed interface Decision {
    /** The call is allowed, to this caller. */
    record Allowed(Caller caller) implements Decision {}

    /**
     * Memory does not know the key, but another service may.
     *
     * @param needed the scope that the call needs
     */
    record AskElsewhere(Secret key, Scope needed) implements Decision {}

    /**
     * The call is refused.
     *
     * @param problem the answer
     * @param challenge the part of {@code WWW-Authenticate} (RFC 6750) after the realm; may be empty
     * @param reason under which it is counted
     */
    record Refused(Problem problem, String challenge, RefusedKeys.Reason reason) implements Decision {
        private static final Duration SOON = Duration.ofSeconds(1);
        private static final String CHALLENGE = "Bearer realm=\"mooring\"";

        /** Has the answer to this request say how to present a key, or which scope the key lacks, where a key would help. */
        void challenge(HttpServletRequest request) {
            if (problem.status() == 401 || problem.status() == 403) {
                request.setAttribute(ProblemWriter.CHALLENGE, CHALLENGE + challenge);
            }
        }

        static Refused withoutKey(String detail) {
            return new Refused(unauthorized(detail), "", RefusedKeys.Reason.MISSING);
        }

        static Refused withWrongKey(String detail) {
            return new Refused(unauthorized(detail), ", error=\"invalid_token\"", RefusedKeys.Reason.INVALID);
        }

        static Refused withUnknownKey() {
            return withWrongKey(
                    "The key is not valid: no key here is the same, or it was revoked or has ended. Check that all of it was sent and"
                            + " nothing around it; an operator makes a new one (mooring keys create).");
        }

        static Refused undecided() {
            return new Refused(
                    Problem.unavailable(
                                    "database",
                                    "The service cannot check this key yet: the keys are in the database, which it has not reached since"
                                            + " it started. Only ADMIN_API_KEY works until then.",
                                    SOON)
                            .with("kind", "starting"),
                    "",
                    RefusedKeys.Reason.UNDECIDED);
        }

        static Refused unclear(ValidatedKeys.Verdict.Unclear why) {
            Problem problem = Problem.unavailable("auth", why.detail(), why.retryAfter());
            return new Refused(
                    why.kind().map(kind -> problem.with("kind", kind.code())).orElse(problem),
                    "",
                    RefusedKeys.Reason.UNDECIDED);
        }

        static Refused withoutScope(Caller caller, Scope missing) {
            Problem problem = ScopeMissing.problem(
                    "The key of " + caller.name() + " does not have the scope that this call needs.", Set.of(missing));
            return new Refused(
                    problem,
                    ", error=\"insufficient_scope\", scope=\"" + missing.code() + "\"",
                    RefusedKeys.Reason.SCOPE_MISSING);
        }

        private static Problem unauthorized(String detail) {
            return Problem.of(401, "unauthorized", detail);
        }
    }
}
