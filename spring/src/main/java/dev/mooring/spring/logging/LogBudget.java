package dev.mooring.spring.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.event.KeyValuePair;

/**
 * Bounds what clients can make the log grow by: of each kind of line that threads write for clients, 20 a minute pass. A kind is a logger, a
 * level, a message without its values, the status of a request, and the class of an exception. Lines of the audit always pass, because only the log shows that
 * the end of the audit was cut off; so do debug lines and the lines of all requests, which an operator asked for. Thread-safe.
 */
final class LogBudget {
    /** The lines of one kind that pass in one {@link #WINDOW}. */
    static final int MOST = 20;

    static final Duration WINDOW = Duration.ofMinutes(1);

    /** More kinds than the code has; beyond it all further kinds share one budget. */
    private static final int MOST_KINDS = 500;

    /** The characters of a message that tell kinds apart. */
    private static final int LONGEST = 200;

    /** The threads that work on what one client asked for: those of the server, and those that deliver what it accepted. */
    private static final Pattern FOR_CLIENTS =
            Pattern.compile("(https?-|tomcat|catalina|jetty|qtp|mooring-(delivery|auth|http)-).*");

    private static final String AUDIT = "dev.mooring.operations.audit.";
    private static final String REQUESTS = "dev.mooring.requests";
    private static final Kind OTHERS = new Kind(LogBudget.class.getName(), Level.WARN, "", "", "");

    private final LongSupplier nanos;

    /** The windows that have begun. Guarded by this. */
    private final Map<Kind, Window> windows = new HashMap<>();

    LogBudget(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** What becomes of a line. */
    enum Verdict {
        /** It passes. */
        PASSES,
        /** It passes, and further ones of its kind will not for a while. */
        LAST,
        /** It is left out, and counted. */
        LEFT_OUT
    }

    /**
     * Lines that were left out.
     *
     * @param logger the logger that they came from
     * @param message their message, without its values
     * @param status how the requests that they tell of were answered; empty for other lines
     * @param count how many there were
     */
    record LeftOut(String logger, String message, Optional<String> status, long count) {}

    /** Judges and counts a line. */
    synchronized Verdict judge(ILoggingEvent event) {
        if (!isBounded(event)) {
            return Verdict.PASSES;
        }
        Kind kind = Kind.of(event);
        boolean fits = windows.size() < MOST_KINDS || windows.containsKey(kind);
        Window window = windows.computeIfAbsent(fits ? kind : OTHERS, begins -> new Window(nanos.getAsLong()));
        window.lines++;
        return window.lines < MOST ? Verdict.PASSES : window.lines == MOST ? Verdict.LAST : Verdict.LEFT_OUT;
    }

    /** Ends the windows whose time is over, and gives what they left out. */
    synchronized List<LeftOut> ended() {
        List<LeftOut> left = new ArrayList<>();
        long now = nanos.getAsLong();
        windows.entrySet().removeIf(entry -> {
            Window window = entry.getValue();
            boolean over = now - window.begun >= WINDOW.toNanos();
            if (over && window.lines > MOST) {
                left.add(entry.getKey().leftOut(window.lines - MOST));
            }
            return over;
        });
        return left;
    }

    private static boolean isBounded(ILoggingEvent event) {
        return event.getLevel().isGreaterOrEqual(Level.INFO)
                && FOR_CLIENTS.matcher(String.valueOf(event.getThreadName())).matches()
                && !event.getLoggerName().startsWith(AUDIT)
                && !isWantedRequest(event);
    }

    /** With LOG_REQUESTS=all an operator asked for a line for each request; those about problems are bounded as all others. */
    private static boolean isWantedRequest(ILoggingEvent event) {
        return event.getLevel() == Level.INFO && event.getLoggerName().equals(REQUESTS);
    }

    private record Kind(String logger, Level level, String message, String status, String thrown) {
        static Kind of(ILoggingEvent event) {
            IThrowableProxy thrown = event.getThrowableProxy();
            String message = String.valueOf(event.getMessage());
            return new Kind(
                    event.getLoggerName(),
                    event.getLevel(),
                    message.substring(0, Math.min(LONGEST, message.length())),
                    status(event),
                    thrown == null ? "" : thrown.getClassName());
        }

        private static String status(ILoggingEvent event) {
            List<KeyValuePair> pairs = event.getKeyValuePairs();
            return pairs == null || !event.getLoggerName().equals(REQUESTS)
                    ? ""
                    : pairs.stream()
                            .filter(pair -> pair.key.equals("status"))
                            .map(pair -> String.valueOf(pair.value))
                            .findFirst()
                            .orElse("");
        }

        LeftOut leftOut(long count) {
            return new LeftOut(logger, message, Optional.of(status).filter(known -> !known.isEmpty()), count);
        }
    }

    private static final class Window {
        private final long begun;
        /** All lines of the window, those left out too. */
        private long lines;

        Window(long begun) {
            this.begun = begun;
        }
    }
}
