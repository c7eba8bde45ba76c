package dev.mooring.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.control.ControlConnection;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.settings.Settings;
import dev.mooring.testing.postgres.TestPostgres;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A relay on a supervised database that hears of messages of other processes, on a server that is killed. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HearingTest {
    /** Longer than the test: what arrives was heard of. */
    private static final Duration NEVER = Duration.ofMinutes(1);

    private final AtomicInteger begun = new AtomicInteger();
    private TestPostgres server;
    private OutboxRig rig;
    private Postgres postgres;
    private Mooring mooring;
    private ControlConnection control;

    @BeforeEach
    void begin() throws Exception {
        server = OutboxRig.server();
        rig = new OutboxRig(server);
        postgres = Postgres.of(PostgresSettings.from(Settings.ofEnvironment(Map.of(
                "DATABASE_HOST",
                server.host(),
                "DATABASE_PORT",
                String.valueOf(server.port()),
                "DATABASE_USER",
                server.admin().user(),
                "DATABASE_PASSWORD",
                server.admin().password(),
                "DATABASE_NAME",
                OutboxRig.DATABASE))));
        mooring = Mooring.supervise(postgres.dependency());
        assertThat(mooring.awaitCritical(Duration.ofSeconds(20))).isTrue();
        control = new ControlConnection(postgres);
    }

    @AfterEach
    void end() {
        rig.close();
        control.close();
        mooring.close();
        postgres.close();
        server.close();
    }

    @Test
    void message_ofAnotherProcess_isHeardOfAlsoAfterTheServerWasKilled() throws Exception {
        rig.relay(rig.plan().poll(NEVER), attempt -> Result.delivered(), postgres.dataSource())
                .hearing(control);
        control.listen("test_begun", begun::incrementAndGet);
        awaitListening(1);
        // The first look of a relay finds what is there, so a second message shows the hearing.
        rig.awaitState(rig.add("one", "1"), "sent");
        long added = System.nanoTime();
        rig.awaitState(rig.add("one", "2"), "sent");
        System.out.println("measured message of another process: "
                + Duration.ofNanos(System.nanoTime() - added).toMillis() + " ms (at most 1000 ms)");

        server.kill();
        server.start();
        awaitListening(2);

        rig.awaitState(rig.add("one", "3"), "sent");
    }

    /** The connection runs what listens each time it begins to listen. */
    private void awaitListening(int times) {
        await().atMost(Duration.ofSeconds(20)).until(() -> begun.get() == times);
    }
}
