package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.health.Status;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The service starts before its database. */
@Tag("server")
@Timeout(60)
@Tag("alone")
class LateStartTest {
    @AutoClose
    private final TestPostgres server = TestPostgres.builder().start();

    @BeforeEach
    void stopAgain() {
        Rig.prepare(server);
        server.stop();
    }

    @Test
    void service_beforeItsDatabase_startsAtOnceAndBecomesReadyByItself() {
        long begun = System.nanoTime();
        try (Rig rig = Rig.on(server, Map.of())) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
            await().until(() -> rig.mooring
                    .health()
                    .error()
                    .filter(e -> !e.equals("starting"))
                    .isPresent());
            assertThatThrownBy(() -> rig.query("select 1")).hasCauseInstanceOf(DependencyUnavailableException.class);

            server.start();
            Duration ready = ready(rig);
            Duration most = Duration.ofMillis(1500);
            Rig.measured("ready after a late database accepts", ready, most);
            assertThat(ready).isLessThan(most);
            assertThat(rig.queryWorks()).isTrue();
        }
    }

    @Test
    void service_withMigrationsToRun_isReadyAfterThem() throws SQLException {
        Migrations migrations = Migrations.of("mooring", "classpath:migrations").expecting("model");
        try (Rig rig = Rig.on(server, Map.of(), builder -> builder.startTask("migrations", migrations))) {
            await().until(() -> rig.mooring.health().error().isPresent());
            server.start();
            Duration ready = ready(rig);
            Duration most = Duration.ofSeconds(3);
            Rig.measured("ready after a late database accepts, with migrations to run", ready, most);
            assertThat(ready).isLessThan(most);
            assertThat(rig.query("select count(*) from mooring.model")).isEqualTo("0");
        }
    }

    @Test
    void freeze_duringTheStart_endsTheMigrationThatHangs() {
        Migrations migrations = Migrations.of("mooring", "classpath:migrations");
        try (Rig rig = Rig.on(
                server,
                Map.of(),
                builder -> builder.startTask("freeze", connections -> {
                    server.freeze();
                    migrations.run(connections);
                }))) {
            server.start();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> rig.mooring.health().reasons().toString().contains("freeze failed"));
            assertThat(rig.status()).isNotEqualTo(Status.UP);
        }
    }

    private static Duration ready(Rig rig) {
        long begun = System.nanoTime();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> rig.mooring.health().ready());
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
