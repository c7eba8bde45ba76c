package dev.mooring.spring.requestlog;

import dev.mooring.spring.environment.LoggedRequests;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Logs requests when they end: method, pattern of the path, status, duration, caller. The pattern stands for the path, because a path has the
 * names of models in it. An answer that is a problem has its code there too. A request is a problem if its status is 500 or more, or if it took
 * longer than {@link #SLOW}; problems are warnings. Among problems, a request that was refused because of an outage that was known before has no
 * line: there would be one for each call, and the lines about the outage count them. Thread-safe.
 */
public final class RequestLog extends HttpFilter {
    /** The request's attribute in which the application's access check may leave the name of the caller. */
    public static final String CALLER = RequestLog.class.getName() + ".caller";

    /**
     * The request's attribute in which an access check that refuses a request leaves the part of its path that names nothing of a client. No
     * handler has a pattern for it then.
     */
    public static final String PATH = RequestLog.class.getName() + ".path";

    /** A request that takes longer is slow. */
    static final Duration SLOW = Duration.ofSeconds(1);

    private static final long serialVersionUID = 1L;
    /** One logger for all, so that an operator can turn it off by its name. */
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.requests");

    private static final String NO_SUCH_PATH = "(no such path)";
    /** A filter answered before the application looked for what is under the path. */
    private static final String NOT_LOOKED_UP = "(path not looked up)";

    private final boolean all;
    private final transient KnownOutages outages;
    private final transient LongSupplier nanos;

    /** {@code logged} is not {@link LoggedRequests#NONE}. */
    RequestLog(LoggedRequests logged, KnownOutages outages, LongSupplier nanos) {
        this.all = logged == LoggedRequests.ALL;
        this.outages = outages;
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
        Optional<Problem> problem = ProblemWriter.written(request);
        boolean isSlow = took.compareTo(SLOW) > 0;
        boolean isKnown = !isSlow && problem.isPresent() && outages.explain(problem.get(), took);
        boolean isProblem = isSlow || (status >= 500 && !isKnown);
        if (!isProblem && !all) {
            return;
        }
        String path = path(request, status);
        String caller = text(request.getAttribute(CALLER), name(request.getUserPrincipal()));
        LoggingEventBuilder line = LOG.atLevel(isProblem ? Level.WARN : Level.INFO)
                .addKeyValue("method", request.getMethod())
                .addKeyValue("path", path)
                .addKeyValue("status", status)
                .addKeyValue("duration_ms", took.toMillis())
                .addKeyValue("caller", caller);
        if (problem.isPresent()) {
            line = line.addKeyValue("code", problem.get().code());
        }
        line.log(
                "{} {} of {} was answered with {}{} after {} ms",
                request.getMethod(),
                path,
                caller,
                status,
                problem.map(one -> " (" + one.code() + ")").orElse(""),
                took.toMillis());
    }

    private static String path(HttpServletRequest request, int status) {
        String unnamed = status == 404 || status == 405 ? NO_SUCH_PATH : NOT_LOOKED_UP;
        return text(
                request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE),
                text(request.getAttribute(PATH), unnamed));
    }

    private static String text(@Nullable Object value, String otherwise) {
        return value == null ? otherwise : value.toString();
    }

    private static String name(@Nullable Principal caller) {
        return caller == null ? "anonymous" : caller.getName();
    }
}
