package dev.mooring.spring.requestlog;

import dev.mooring.spring.environment.LoggedRequests;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Logs requests when they end: method, pattern of the path, status, duration, caller. The pattern stands for the path, because a path has the
 * names of models in it. A request is a problem if its status is 500 or more, or if it took longer than {@link #SLOW}; problems are warnings.
 * Thread-safe.
 */
public final class RequestLog extends HttpFilter {
    /** The request's attribute in which the application's access check may leave the name of the caller. */
    public static final String CALLER = RequestLog.class.getName() + ".caller";

    /** A request that takes longer is slow. */
    static final Duration SLOW = Duration.ofSeconds(1);

    private static final long serialVersionUID = 1L;
    /** One logger for all, so that an operator can turn it off by its name. */
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.requests");

    private static final String WITHOUT_PATTERN = "(no such path)";

    private final boolean all;
    private final transient LongSupplier nanos;

    /** {@code logged} is not {@link LoggedRequests#NONE}. */
    RequestLog(LoggedRequests logged, LongSupplier nanos) {
        this.all = logged == LoggedRequests.ALL;
        this.nanos = nanos;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long begun = nanos.getAsLong();
        boolean returned = false;
        try {
            chain.doFilter(request, response);
            returned = true;
        } finally {
            // The container answers an exception that comes through here with 500, unless the answer has begun.
            int status = returned || response.isCommitted() ? response.getStatus() : 500;
            log(request, status, Duration.ofNanos(nanos.getAsLong() - begun));
        }
    }

    private void log(HttpServletRequest request, int status, Duration took) {
        boolean isProblem = status >= 500 || took.compareTo(SLOW) > 0;
        if (!isProblem && !all) {
            return;
        }
        String pattern = text(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE), WITHOUT_PATTERN);
        String caller = text(request.getAttribute(CALLER), name(request.getUserPrincipal()));
        LOG.atLevel(isProblem ? Level.WARN : Level.INFO)
                .addKeyValue("method", request.getMethod())
                .addKeyValue("path", pattern)
                .addKeyValue("status", status)
                .addKeyValue("duration_ms", took.toMillis())
                .addKeyValue("caller", caller)
                .log(
                        "{} {} of {} was answered with {} after {} ms",
                        request.getMethod(),
                        pattern,
                        caller,
                        status,
                        took.toMillis());
    }

    private static String text(@Nullable Object value, String otherwise) {
        return value == null ? otherwise : value.toString();
    }

    private static String name(@Nullable Principal caller) {
        return caller == null ? "anonymous" : caller.getName();
    }
}
