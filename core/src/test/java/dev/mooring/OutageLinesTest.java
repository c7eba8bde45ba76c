package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.mooring.event.MooringEvent;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutageLinesTest {
    private final Logger logger = (Logger) org.slf4j.LoggerFactory.getLogger("dev.mooring.supervision");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final EventLog log = new EventLog();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(lines);
    }

    @Test
    void cause_thatEndsWithAStop_hasNoSecondOne() {
        Failure failure = new Failure(FailureKind.DISK_FULL, "No space is left.", Instant.EPOCH);
        log.on(new MooringEvent.StatusChanged(
                "database",
                Instant.EPOCH,
                Status.UP,
                Status.DEGRADED,
                Duration.ofMillis(5600),
                failure.toString(),
                Optional.of(failure)));

        assertThat(line())
                .isEqualTo("database up → degraded after 5.6 s: disk_full: No space is left."
                        + " Free or add disk space on the server.");
    }

    @Test
    void outage_thatCostOneCall_saysSoInTheSingular() {
        log.on(new MooringEvent.Recovered("database", Instant.EPOCH, Duration.ofSeconds(12), 1));

        assertThat(line()).isEqualTo("database: the outage lasted 12.0 s; 1 call was refused");
    }

    private String line() {
        return lines.list.get(0).getFormattedMessage();
    }
}
