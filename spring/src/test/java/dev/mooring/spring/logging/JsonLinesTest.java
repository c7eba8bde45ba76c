package dev.mooring.spring.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonLinesTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.250Z");

    private final LoggerContext loggers = new LoggerContext();
    private final JsonLines lines = new JsonLines(new MockEnvironment()
            .withProperty("mooring.service.name", "registry")
            .withProperty("mooring.service.version", "1.0.0"));

    @Test
    void event_isOneObjectInOneLine_withTheFieldsOfTheContract() {
        LoggingEvent event = event("database\nis back", null, Map.of("request_id", "r-1", "trace_id", "t-1"));
        event.addKeyValuePair(new KeyValuePair("dependency", "database"));
        event.addKeyValuePair(new KeyValuePair("duration_ms", 12L));
        String line = lines.format(event);
        assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
        JsonNode json = JsonMapper.shared().readTree(line);
        assertThat(json.propertyNames())
                .containsExactly(
                        "timestamp",
                        "level",
                        "logger",
                        "thread",
                        "message",
                        "service",
                        "version",
                        "request_id",
                        "trace_id",
                        "dependency",
                        "duration_ms");
        assertThat(json.get("timestamp").asString()).isEqualTo("2026-01-01T00:00:00.250Z");
        assertThat(json.get("level").asString()).isEqualTo("warn");
        assertThat(json.get("message").asString()).isEqualTo("database\\nis back");
        assertThat(json.get("duration_ms").isNumber()).isTrue();
    }

    @Test
    void timestamp_ofAWholeSecond_hasThreeDigitsToo() {
        LoggingEvent event = event("on time", null, Map.of());
        event.setInstant(Instant.parse("2026-11-26T17:21:31Z"));

        assertThat(JsonMapper.shared()
                        .readTree(lines.format(event))
                        .get("timestamp")
                        .asString())
                .isEqualTo("2026-11-26T17:21:31.000Z");
    }

    @Test
    void exception_isInTheSameLine() {
        String line = lines.format(event("failed", new IOException("broken pipe"), Map.of()));
        assertThat(line).containsOnlyOnce("\n");
        assertThat(JsonMapper.shared().readTree(line).get("error").asString())
                .startsWith("java.io.IOException: broken pipe")
                .contains("JsonLinesTest");
    }

    private LoggingEvent event(String message, Throwable thrown, Map<String, String> context) {
        LoggingEvent event = new LoggingEvent(
                "caller", loggers.getLogger("dev.mooring.test"), Level.WARN, message, thrown, new Object[0]);
        event.setInstant(AT);
        event.setMDCPropertyMap(new TreeMap<>(context));
        return event;
    }
}
