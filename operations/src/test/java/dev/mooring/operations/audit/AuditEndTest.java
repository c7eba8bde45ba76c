package dev.mooring.operations.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.mooring.operations.control.ControlRig;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** The end of a service whose acts still wait for the audit. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AuditEndTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Test
    void end_addsWhatWaits_andLogsWhatTheDatabaseDoesNotTake() throws Exception {
        try (TestPostgres server = TestPostgres.started();
                ControlRig rig = ControlRig.onMigrated(server)) {
            end(rig, new Audit(rig.control));
        }
    }

    private static void end(ControlRig rig, Audit audit) {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(Audit.class);
        audit.recordLater(some(1));
        audit.close();
        AuditQuery all = new AuditQuery(Instant.EPOCH, "", Long.MAX_VALUE, 10);
        List<RecordedEntry> added = rig.control.call(connection -> audit.read(connection, all), LIMIT);
        assertThat(added).hasSize(1);

        rig.proxy.inject(Fault.refuse());
        rig.proxy.resetAll();
        audit.recordLater(some(2));
        lines.start();
        logger.addAppender(lines);
        try {
            audit.close();
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(count -> assertThat(count).contains("never gets 1 entry"), entry -> assertThat(entry)
                        .startsWith("only the log has this entry: alice breaker.open mlflow at ")
                        .endsWith(": reason 2 (details)"));
        assertThat(audit.waiting()).isZero();
    }

    private static AuditEntry some(int number) {
        return AuditEntry.of("alice", "breaker.open", "mlflow", "reason " + number, "details");
    }
}
