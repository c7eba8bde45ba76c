package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("server")
@Timeout(60)
class CloseTest {
    @AutoClose
    private final TestPostgres server = Rig.server();

    @Test
    void close_inUse_endsConnectionsAndThreads() throws SQLException {
        Rig rig = Rig.on(server, Map.of()).awaitUp();
        assertThat(rig.query("select 1")).isEqualTo("1");

        rig.close();

        await().until(() -> sessions() == 0);
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
        assertThatThrownBy(() -> rig.query("select 1")).isInstanceOf(SQLException.class);
    }

    @Test
    void close_onAFrozenServer_takesNoLonger() throws SQLException {
        Rig rig = Rig.on(server, Map.of()).awaitUp();
        Connection taken = rig.postgres.dataSource().getConnection();
        server.freeze();

        long begun = System.nanoTime();
        rig.mooring.close();
        rig.postgres.close();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        Duration most = Duration.ofSeconds(3);
        Rig.measured("close with a frozen server and a connection in use", took, most);
        server.thaw();
        taken.close();
        rig.close();

        assertThat(took).isLessThan(most);
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    @Test
    void close_neverReached_endsAtOnce() {
        server.stop();
        Rig rig = Rig.on(server, Map.of());
        await().until(() -> rig.mooring.health().error().isPresent());

        long begun = System.nanoTime();
        rig.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    private int sessions() throws SQLException {
        return Integer.parseInt(
                server.admin().ask("mlflow_db", "select count(*) from pg_stat_activity where usename = 'registry'"));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("mooring-") && !name.matches("mooring-(proxy|child).*"))
                .toList();
    }
}
