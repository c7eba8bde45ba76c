package dev.mooring.spring.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import dev.mooring.spring.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.logging.structured.StructuredLogFormatter;
import org.springframework.core.env.Environment;

/**
 * Writes each log event as one JSON object in one line: time, level, logger, message, service and version, then the fields of
 * the logging context (MDC) and of the event, then the stack trace. Texts are clean, and lines are within the bounds of {@link
 * BoundedLines}. Boot instantiates it by its class name. Thread-safe.
 */
public final class JsonLines implements StructuredLogFormatter<ILoggingEvent> {
    private final String service;
    private final Optional<String> version;
    private final BoundedLines lines = new BoundedLines(this::line);

    /** Takes the service's name and version from {@code environment}. */
    public JsonLines(Environment environment) {
        this.service = environment.getProperty("mooring.service.name", "application");
        this.version = Optional.ofNullable(environment.getProperty("mooring.service.version"));
    }

    @Override
    public String format(ILoggingEvent event) {
        return lines.of(event);
    }

    private String line(ILoggingEvent event) {
        JsonObject line = new JsonObject()
                .put("timestamp", event.getInstant())
                .put("level", event.getLevel().toString().toLowerCase(Locale.ROOT))
                .put("logger", event.getLoggerName())
                .put("thread", event.getThreadName())
                .put("message", event.getFormattedMessage())
                .put("service", service)
                .put("version", version);
        event.getMDCPropertyMap().forEach(line::put);
        event.getKeyValuePairs().forEach(pair -> line.put(pair.key, pair.value));
        if (event.getThrowableProxy() != null) {
            line.put("error", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.text() + "\n";
    }
}
