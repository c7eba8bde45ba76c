package dev.mooring.spring.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogBudgetTest {
    private static final String SERVER = "http-nio-127.0.0.1-8080-exec-3";

    private final LoggerContext loggers = new LoggerContext();
    private final AtomicLong nanos = new AtomicLong(-5);
    private final BoundedLines lines =
            new BoundedLines(event -> event.getFormattedMessage() + "\n", new LogBudget(nanos::get));

    @Test
    void linesOfOneKind_moreThanTheBudget_areLeftOutAndCounted() {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            log.append(lines.of(event(SERVER, "dev.mooring.test", "request {} failed", i, new IOException())));
        }
        assertThat(log.toString().lines())
                .hasSize(LogBudget.MOST + 1)
                .last()
                .asString()
                .isEqualTo("further lines like the last one are left out and counted, for up to 60 s");
        assertThat(lines.of(event(SERVER, "dev.mooring.test", "another kind {}", 1, null)))
                .isEqualTo("another kind 1\n");

        nanos.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(lines.of(event("main", "dev.mooring.test", "later", 0, null)))
                .isEqualTo("9980 more lines like this one were left out: request … failed\nlater\n");
        assertThat(lines.of(event(SERVER, "dev.mooring.test", "request {} failed", 7, new IOException())))
                .isEqualTo("request 7 failed\n");
    }

    @Test
    void linesOfRequests_leftOut_areCountedByTheirStatus() {
        for (int i = 0; i < LogBudget.MOST + 85; i++) {
            LoggingEvent event = event(SERVER, "dev.mooring.requests", Level.WARN, "{} was answered", i, null);
            event.addKeyValuePair(new KeyValuePair("status", 503));
            lines.of(event);
        }
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(lines.of(event("main", "dev.mooring.test", "later", 0, null)))
                .isEqualTo("the lines of 85 more requests answered with 503 were left out\nlater\n");
    }

    @Test
    void linesOfOtherThreadsAndOfTheAudit_allPass() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(lines.of(event("mooring-supervisor", "dev.mooring.test", "moved {}", i, null)))
                    .isEqualTo("moved " + i + "\n");
            assertThat(lines.of(event(SERVER, "dev.mooring.operations.audit.Audit", "entry {}", i, null)))
                    .isEqualTo("entry " + i + "\n");
        }
    }

    @Test
    void kinds_withoutEnd_shareOneBudgetInTheEnd() {
        long passed = 0;
        for (int i = 0; i < 100_000; i++) {
            passed += lines.of(event(SERVER, "dev.mooring.test", "made of foreign text " + i, 0, null))
                    .lines()
                    .count();
        }
        assertThat(passed).isLessThan(600);
    }

    private LoggingEvent event(String thread, String logger, String message, int value, @Nullable Throwable thrown) {
        return event(thread, logger, Level.INFO, message, value, thrown);
    }

    private LoggingEvent event(
            String thread, String logger, Level level, String message, int value, @Nullable Throwable thrown) {
        LoggingEvent event =
                new LoggingEvent("caller", loggers.getLogger(logger), level, message, thrown, new Object[] {value});
        event.setThreadName(thread);
        event.setMDCPropertyMap(Map.of());
        return event;
    }
}
