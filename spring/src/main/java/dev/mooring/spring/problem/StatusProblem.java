package dev.mooring.spring.problem;

import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** Problems for errors of the container or of Spring of which only the HTTP status is known. */
final class StatusProblem {
    private StatusProblem() {}

    /** The problem for this status. A status that is not an error means a defect of this service. */
    static Problem of(int status) {
        return of(status, Optional.empty());
    }

    static Problem of(int status, Optional<String> detail) {
        HttpStatus known = HttpStatus.resolve(status);
        if (known == null || !known.isError() || status == 500) {
            return Problem.internal();
        }
        String code = known.name().toLowerCase(Locale.ROOT);
        return Problem.of(status, code, detail.orElseGet(() -> words(known)));
    }

    private static String words(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST ->
                "The request is not valid HTTP, or its address has characters that are not accepted, such as a slash that is written %2F, or a"
                        + " backslash, in a name.";
            case NOT_FOUND -> "There is nothing under this address: check the path and its letter case.";
            case METHOD_NOT_ALLOWED -> "This address does not accept this method; see the header Allow.";
            case CONTENT_TOO_LARGE -> "The request is larger than is accepted.";
            case REQUEST_TIMEOUT -> "The request did not arrive in the time that it has.";
            default -> status.getReasonPhrase() + ".";
        };
    }
}
