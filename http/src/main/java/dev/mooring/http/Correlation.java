package dev.mooring.http;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Passes on the ids of the present request from the logging context (MDC) of the calling thread, so that the lines of both processes can be
 * found together: {@code request_id} as {@code X-Request-ID}, {@code trace_id} as a W3C {@code traceparent} with a span of its own.
 */
final class Correlation {
    static final String REQUEST_ID = "X-Request-ID";
    static final String TRACE_PARENT = "traceparent";

    private static final Pattern REQUEST = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Pattern TRACE = Pattern.compile("(?!0{32})[0-9a-f]{32}");

    private Correlation() {}

    /** The id of the present request, if the logging context has one. */
    static Optional<String> requestId() {
        return found("request_id", REQUEST);
    }

    /** The header of the present trace. It asks for no sampling, because the context does not hold what the client asked for. */
    static Optional<String> traceParent() {
        return found("trace_id", TRACE).map(trace -> "00-" + trace + "-" + span() + "-00");
    }

    private static Optional<String> found(String field, Pattern form) {
        @Nullable String value = MDC.get(field);
        return Optional.ofNullable(value).filter(id -> form.matcher(id).matches());
    }

    private static String span() {
        long id = ThreadLocalRandom.current().nextLong();
        return String.format("%016x", id == 0 ? 1 : id);
    }
}
