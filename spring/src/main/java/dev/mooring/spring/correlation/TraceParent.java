package dev.mooring.spring.correlation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the id of the client's trace from the W3C header {@code traceparent}. */
final class TraceParent {
    static final String HEADER = "traceparent";
    /** The name of the id in the logging context (MDC) and in log lines. */
    static final String LOG_FIELD = "trace_id";

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");
    private static final String NONE = "0".repeat(32);

    private TraceParent() {}

    static Optional<String> traceId(@Nullable String header) {
        return Optional.ofNullable(header)
                .map(FORM::matcher)
                .filter(Matcher::matches)
                .map(form -> form.group(1))
                .filter(id -> !id.equals(NONE));
    }
}
