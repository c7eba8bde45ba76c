package dev.mooring.spring.problem;

import dev.mooring.failure.FailureClassifier;
import java.util.Optional;
import java.util.Set;

/**
 * Answers what Tomcat throws when a part of a request cannot be read: 400. The mistake is the client's, so the log has nothing of it.
 * The classes are known by their names, because an application may run on another server.
 */
final class UnreadableRequest implements ProblemReader {
    private static final Set<String> PARAMETERS = Set.of("org.apache.tomcat.util.http.InvalidParameterException");
    /** A chunk that is none, and a connection that ends in the middle of a body or of its answer. */
    private static final Set<String> BODY =
            Set.of("org.apache.coyote.BadRequestException", "org.apache.catalina.connector.ClientAbortException");

    @Override
    public Optional<Problem> read(Throwable error) {
        if (is(error, PARAMETERS)) {
            return Optional.of(Problem.of(
                    400,
                    "malformed_query",
                    "The parameters cannot be read: each % must begin two hexadecimal digits, and the bytes that they stand"
                            + " for must be UTF-8."));
        }
        return is(error, BODY)
                ? Optional.of(Problem.of(
                        400,
                        "bad_request",
                        "The body cannot be read: it broke off, or its parts are not as Transfer-Encoding says."))
                : Optional.empty();
    }

    private static boolean is(Throwable error, Set<String> names) {
        return FailureClassifier.causes(error).stream()
                .anyMatch(cause -> names.contains(cause.getClass().getName()));
    }
}
