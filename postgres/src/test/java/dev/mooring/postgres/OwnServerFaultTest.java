package dev.mooring.postgres;

import dev.mooring.diagnosis.Layer;
import dev.mooring.testing.diagnosis.FaultRow;
import dev.mooring.testing.postgres.TestPostgres;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rows of the table of faults that need a server of their own. */
@Tag("server")
@Timeout(120)
class OwnServerFaultTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    @Test
    void standby_isFound_andHealedByItsPromotion() throws Throwable {
        try (TestPostgres server = Rig.server()) {
            prove(
                    server,
                    FaultRow.of(Layer.QUERY, "postgres-writes", () -> server.becomeStandby(), () -> server.promote())
                            .because("A failover happened"));
        }
    }

    @Test
    void fullDisk_isFound_andHealedByRoom() throws Throwable {
        try (TestPostgres server = TestPostgres.builder().smallDisk().start()) {
            Rig.prepare(server);
            prove(server, FaultRow.of(Layer.QUERY, "postgres-disk", () -> server.fillDisk(), () -> server.freeDisk()));
        }
    }

    private static void prove(TestPostgres server, FaultRow row) throws Throwable {
        row.prove(() -> Postgres.examination(Rig.settings(Rig.environment(server.port())), LIMIT), LIMIT);
    }
}
