package dev.mooring.spring.problem;

import dev.mooring.failure.FailureClassifier;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Answers what the server throws where a client broke off or sent what HTTP does not allow, such as a chunk without a length: 400, and no
 * line in the log, because nothing is wrong here.
 */
final class ClientMistakes implements ProblemReader {
    private static final Set<String> THROWN = Set.of(
            "org.apache.coyote.BadRequestException",
            "org.eclipse.jetty.http.BadMessageException",
            "org.eclipse.jetty.io.EofException",
            "org.springframework.web.context.request.async.AsyncRequestNotUsableException");

    @Override
    public Optional<Problem> read(Throwable error) {
        return isBehind(error) ? Optional.of(StatusProblem.of(400)) : Optional.empty();
    }

    /** Whether a client is the cause of {@code error}. */
    static boolean isBehind(Throwable error) {
        return FailureClassifier.causes(error).stream().anyMatch(ClientMistakes::isOne);
    }

    private static boolean isOne(Throwable cause) {
        return Stream.<Class<?>>iterate(cause.getClass(), type -> type != null, Class::getSuperclass)
                .anyMatch(type -> THROWN.contains(type.getName()));
    }
}
