package dev.mooring.operations.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.mooring.testing.time.ManualTime;
import dev.mooring.time.Time;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RefusedKeysTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(RefusedKeys.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final ManualTime clock = new ManualTime();
    private final RefusedKeys refusals = new RefusedKeys(Time.of(clock.wall(), clock.monotonic()));

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void end() {
        logger.detachAppender(log);
        refusals.close();
    }

    @Test
    void refusals_areLoggedAtOnceAndThenOnceAMinute() {
        refusals.count(RefusedKeys.Reason.INVALID, "10.0.0.1");
        assertThat(refusals.step()).isEqualTo(Duration.ofMinutes(1));
        assertThat(log.list.get(0).getFormattedMessage())
                .isEqualTo("access refused 1 call: 1 with a key that is not valid; from 10.0.0.1 (1)");

        for (int i = 0; i < 500; i++) {
            refusals.count(RefusedKeys.Reason.INVALID, "10.0.0.2");
        }
        refusals.count(RefusedKeys.Reason.MISSING, "10.0.0.3");
        clock.advance(Duration.ofSeconds(59));
        assertThat(refusals.step()).isEqualTo(Duration.ofSeconds(1));
        assertThat(log.list).as("within the minute").hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        refusals.count(RefusedKeys.Reason.MISSING, "10.0.0.3");
        refusals.step();

        assertThat(log.list).hasSize(2);
        assertThat(log.list.get(1).getFormattedMessage())
                .isEqualTo(
                        "access refused 502 calls: 500 with a key that is not valid, 2 without a key; from 10.0.0.2 (500),"
                                + " 10.0.0.3 (2)");
    }

    @Test
    void callsWithoutAKey_areNoWarning_andTheThreadTellsThem() {
        refusals.started();
        refusals.count(RefusedKeys.Reason.MISSING, "10.0.0.1");

        awaitLines(1);
        assertThat(log.list.get(0).getLevel()).isEqualTo(Level.INFO);
    }

    @Test
    void addresses_moreThanALineHolds_areCutToTheBusiest() {
        for (int i = 0; i < 5_000; i++) {
            refusals.count(RefusedKeys.Reason.SCOPE_MISSING, "10.0." + i / 250 + "." + i % 250);
        }
        refusals.count(RefusedKeys.Reason.SCOPE_MISSING, "10.0.0.9");
        refusals.step();

        assertThat(log.list.get(0).getFormattedMessage())
                .startsWith("access refused 5001 calls: 5001 with a key that lacks the scope; from 10.0.0.9 (2), ")
                .endsWith(" and others")
                .hasSizeLessThan(250);
        assertThat(log.list.get(0).getLevel()).isEqualTo(Level.WARN);
    }

    @Test
    void meters_haveTheTotals() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new RefusedKeysMeters(refusals, registry);
        refusals.count(RefusedKeys.Reason.UNDECIDED, "10.0.0.1");

        assertThat(registry.get("mooring.keys.refused")
                        .tag("reason", "undecided")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("mooring.keys.refused")
                        .tag("reason", "missing")
                        .functionCounter()
                        .count())
                .isZero();
    }

    private void awaitLines(int count) {
        await().atMost(Duration.ofSeconds(5)).until(() -> List.copyOf(log.list).size() == count);
    }
}
