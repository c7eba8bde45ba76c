package dev.mooring.spring.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.mooring.time.Time;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/**
 * The lines of a log in one form: each event {@linkplain CleanEvent clean}, and no more of them than {@link LogBudget} allows. Where lines
 * are left out, a line says so, and one after the window says how many they were. Thread-safe.
 */
final class BoundedLines {
    private final Function<ILoggingEvent, String> form;
    private final LogBudget budget;

    /** {@code form} makes the text of one event, with the end of its line. */
    BoundedLines(Function<ILoggingEvent, String> form) {
        this(form, new LogBudget(Time.system()::nanos));
    }

    BoundedLines(Function<ILoggingEvent, String> form, LogBudget budget) {
        this.form = form;
        this.budget = budget;
    }

    /** The line of this event, after those about lines that were left out before; empty if it is left out itself. */
    String of(ILoggingEvent event) {
        StringBuilder lines = new StringBuilder();
        budget.ended().forEach(left -> lines.append(notice(left.logger(), words(left))));
        LogBudget.Verdict verdict = budget.judge(event);
        if (verdict != LogBudget.Verdict.LEFT_OUT) {
            lines.append(form.apply(new CleanEvent(event)));
        }
        if (verdict == LogBudget.Verdict.LAST) {
            lines.append(notice(
                    event.getLoggerName(),
                    "further lines like the last one are left out and counted, for up to "
                            + LogBudget.WINDOW.toSeconds() + " s"));
        }
        return lines.toString();
    }

    private static String words(LogBudget.LeftOut left) {
        return left.status()
                .map(status ->
                        "the lines of " + left.count() + " more requests answered with " + status + " were left out")
                .orElseGet(() -> left.count() + " more lines like this one were left out: "
                        + left.message().replace("{}", "…"));
    }

    private String notice(String logger, String message) {
        LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
        LoggingEvent notice = new LoggingEvent(
                BoundedLines.class.getName(), loggers.getLogger(logger), Level.WARN, message, null, null);
        return form.apply(new CleanEvent(notice));
    }
}
