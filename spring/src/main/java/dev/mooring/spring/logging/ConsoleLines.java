package dev.mooring.spring.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.structured.StructuredLogFormatter;

/**
 * Writes each log event for people at a terminal, by Boot's pattern ({@code logging.pattern.console}), with clean texts and within the
 * bounds of {@link BoundedLines}. Boot instantiates it by its class name. Thread-safe.
 */
public final class ConsoleLines implements StructuredLogFormatter<ILoggingEvent> {
    private final BoundedLines lines;

    /** Takes the pattern from Logback's context, where Boot has put it. */
    public ConsoleLines() {
        this((LoggerContext) LoggerFactory.getILoggerFactory());
    }

    ConsoleLines(LoggerContext loggers) {
        PatternLayout layout = new PatternLayout();
        layout.setContext(loggers);
        layout.setPattern(loggers.getProperty("CONSOLE_LOG_PATTERN"));
        layout.start();
        this.lines = new BoundedLines(layout::doLayout);
    }

    @Override
    public String format(ILoggingEvent event) {
        return lines.of(event);
    }
}
