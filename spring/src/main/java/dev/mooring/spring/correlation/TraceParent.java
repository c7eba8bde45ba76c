package dev.mooring.spring.correlation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The client's trace, which the W3C header {@code traceparent} names. */
public final class TraceParent {
    static final String HEADER = "traceparent";
    /** The name of the id in the logging context (MDC) and in log lines. */
    static final String LOG_FIELD = "trace_id";

    /** Later versions of the header may add parts, which begin with a dash. */
    private static final Pattern FORM = Pattern.compile(
            "(?<known>(?!ff)[0-9a-f]{2}-(?<trace>[0-9a-f]{32})-(?<parent>[0-9a-f]{16})-[0-9a-f]{2})(-.*)?");

    private static final Pattern NONE = Pattern.compile("0+");

    private TraceParent() {}

    static Optional<String> traceId(@Nullable String header) {
        return form(header).map(form -> form.group("trace"));
    }

    /**
     * The header of the request that this thread serves, in the form of its first version; empty without a request, and if the header is not
     * there or not valid.
     */
    public static Optional<String> ofRequest() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? known(attributes.getRequest().getHeader(HEADER))
                : Optional.empty();
    }

    static Optional<String> known(@Nullable String header) {
        return form(header)
                .filter(form -> !NONE.matcher(form.group("parent")).matches())
                .map(form -> "00" + form.group("known").substring(2));
    }

    private static Optional<Matcher> form(@Nullable String header) {
        return Optional.ofNullable(header)
                .map(FORM::matcher)
                .filter(Matcher::matches)
                .filter(form -> !NONE.matcher(form.group("trace")).matches());
    }
}
