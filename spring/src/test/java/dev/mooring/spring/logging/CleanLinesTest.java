package dev.mooring.spring.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.KeyValuePair;
import org.springframework.boot.logging.structured.StructuredLogFormatter;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Text from outside changes neither the lines of a log nor what a terminal shows, in both forms. */
class CleanLinesTest {
    private static final String FORGED =
            "x\r\n12:00:00 ERROR forged \u001b[2K\u009b31m \u2028 \u2029 \u202e \u200b \ud800 \u0085 \u0000 é 漢 😀";
    private static final String CLEAN =
            "x\\r\\n12:00:00 ERROR forged \\u001b[2K\\u009b31m \\u2028 \\u2029 \\u202e \\u200b \\ud800"
                    + " \\u0085 \\u0000 é 漢 😀";

    private final LoggerContext loggers = new LoggerContext();

    @Test
    void foreignText_inAnyPartOfAnEvent_staysInItsPlace() {
        String json = new JsonLines(new MockEnvironment()).format(event());
        String console = console("%t %msg %X{user} %kvp %ex%n").format(event());

        JsonNode read = JsonMapper.shared().readTree(json);
        for (String field : new String[] {"message", "thread", "user", "subject"}) {
            assertThat(read.path(field).asString()).as(field).isEqualTo(CLEAN);
        }
        assertThat(read.path("error").asString())
                .startsWith("java.lang.IllegalStateException: " + CLEAN + "\n\tat ")
                .contains("Caused by: java.io.IOException: " + CLEAN + "\n");
        assertThat(json).containsOnlyOnce("\n");
        assertThat(console)
                .startsWith(CLEAN + " " + CLEAN + " " + CLEAN + " subject=\"" + CLEAN + "\"")
                .contains("java.lang.IllegalStateException: " + CLEAN + "\n\tat ");
        for (String line : new String[] {json, console}) {
            assertThat(line.replace("\n", "").replace("\t", "").codePoints())
                    .noneMatch(point -> Character.isISOControl(point)
                            || Character.getType(point) == Character.FORMAT
                            || Character.getType(point) == Character.SURROGATE
                            || point == 0x2028
                            || point == 0x2029);
        }
    }

    @Test
    void number_inAField_staysANumber() {
        LoggingEvent event = new LoggingEvent(
                "caller", loggers.getLogger("dev.mooring.test"), Level.INFO, "took long", null, new Object[0]);
        event.addKeyValuePair(new KeyValuePair("duration_ms", 12L));
        event.setMDCPropertyMap(Map.of());

        assertThat(new JsonLines(new MockEnvironment()).format(event)).contains("\"duration_ms\":12");
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "plain, plain", "'a\tb', 'a\\tb'", "'\uFEFFa', '\\ufeffa'", "'a\u00ADb', 'a\\u00adb'"})
    void text_isCleanedCharacterByCharacter(String text, String clean) {
        assertThat(CleanText.of(text)).isEqualTo(clean);
    }

    @Test
    void text_isCutWhereItIsTooLong_andNullIsEmpty() {
        assertThat(CleanText.of("x".repeat(1_000_000))).hasSizeLessThan(10_100).endsWith("(990000 more characters)");
        assertThat(CleanText.of(null)).isEmpty();
        String clean = "nothing to clean, also in ünicode 😀";
        assertThat(CleanText.of(clean)).isSameAs(clean);
    }

    private StructuredLogFormatter<ILoggingEvent> console(String pattern) {
        loggers.putProperty("CONSOLE_LOG_PATTERN", pattern);
        return new ConsoleLines(loggers);
    }

    private LoggingEvent event() {
        Throwable thrown = new IllegalStateException(FORGED, new java.io.IOException(FORGED));
        LoggingEvent event = new LoggingEvent(
                "caller", loggers.getLogger("dev.mooring.test"), Level.WARN, "{}", thrown, new Object[] {FORGED});
        event.setThreadName(FORGED);
        event.setMDCPropertyMap(Map.of("user", FORGED));
        event.addKeyValuePair(new KeyValuePair("subject", FORGED));
        return event;
    }
}
