package dev.mooring.spring.problem;

import dev.mooring.failure.FailureClassifier;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Answers what a server throws where a client broke off, or sent what cannot be read: 400, and no line in the log, because nothing is wrong
 * here. The classes are known by their names, because an application may run on another server.
 */
final class ClientMistakes implements ProblemReader {
    private static final Set<String> PARAMETERS = Set.of("org.apache.tomcat.util.http.InvalidParameterException");
    private static final Set<String> CONNECTION_OR_BODY = Set.of(
            "org.apache.coyote.BadRequestException",
            "org.eclipse.jetty.http.BadMessageException",
            "org.eclipse.jetty.io.EofException",
            "org.springframework.web.context.request.async.AsyncRequestNotUsableException");

    @Override
    public Optional<Problem> read(Throwable error) {
        if (has(error, PARAMETERS)) {
            return Optional.of(Problem.of(
                    400,
                    "malformed_query",
                    "The parameters cannot be read: each % must begin two hexadecimal digits, and the bytes that they stand"
                            + " for must be UTF-8."));
        }
        return has(error, CONNECTION_OR_BODY)
                ? Optional.of(Problem.of(
                        400,
                        "bad_request",
                        "The body cannot be read: it broke off, or its parts are not as Transfer-Encoding says."))
                : Optional.empty();
    }

    /** Whether a client is the cause of {@code error}. */
    static boolean isBehind(Throwable error) {
        return has(error, PARAMETERS) || has(error, CONNECTION_OR_BODY);
    }

    private static boolean has(Throwable error, Set<String> names) {
        return FailureClassifier.causes(error).stream().anyMatch(cause -> isOne(cause, names));
    }

    private static boolean isOne(Throwable cause, Set<String> names) {
        return Stream.<Class<?>>iterate(cause.getClass(), type -> type != null, Class::getSuperclass)
                .anyMatch(type -> names.contains(type.getName()));
    }
}
