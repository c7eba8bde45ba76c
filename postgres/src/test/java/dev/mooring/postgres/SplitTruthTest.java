package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.postgres.settings.Occupancy;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The database's name and its fallback both exist: the process uses the one that holds the data. */
@Tag("server")
@Timeout(60)
class SplitTruthTest {
    private static TestPostgres server;

    @BeforeAll
    static void start() throws SQLException {
        server = Rig.server();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @AfterEach
    void dropFallback() throws SQLException {
        server.admin().execute("drop database if exists mlflow with (force)");
        server.admin().execute("mlflow_db", "drop table if exists kept");
    }

    @Test
    void name_untouchedWhileTheFallbackIsUsed_staysOnTheFallbackAndSaysSo() throws Exception {
        fallback("create table kept as select 1 as id");
        try (Rig rig = rig()) {
            assertThat(inUse(rig)).isEqualTo("mlflow");
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(
                            rig.health().findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message())
                            .contains("running on fallback name mlflow because mlflow_db has no tables of ours yet")));
        }
    }

    @Test
    void name_untouchedAsTheFallbackIs_wins() throws Exception {
        fallback("create table kept (id int)");
        try (Rig rig = rig()) {
            assertThat(inUse(rig)).isEqualTo("mlflow_db");
        }
    }

    @Test
    void name_withTablesOfItsOwn_wins() throws Exception {
        fallback("create table kept as select 1 as id");
        table("mlflow_db", "create table kept (id int)");
        try (Rig rig = rig()) {
            assertThat(inUse(rig)).isEqualTo("mlflow_db");
        }
    }

    @Test
    void name_withoutAnyFallback_wins() throws Exception {
        try (Rig rig = rig()) {
            assertThat(inUse(rig)).isEqualTo("mlflow_db");
        }
    }

    private static void fallback(String sql) throws SQLException {
        server.admin().createDatabase("mlflow", Rig.USER);
        table("mlflow", sql);
    }

    private static void table(String database, String sql) throws SQLException {
        server.admin().execute(database, sql);
        server.admin().execute(database, "grant select on kept to " + Rig.USER);
    }

    private static Rig rig() {
        return Rig.on(
                server,
                Map.of("DATABASE_FALLBACK_NAME", "mlflow"),
                builder -> builder.occupancy(SplitTruthTest::occupancy));
    }

    private static Occupancy occupancy(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet table = statement.executeQuery("select to_regclass('kept') is not null");
            table.next();
            if (!table.getBoolean(1)) {
                return Occupancy.UNTOUCHED;
            }
            ResultSet rows = statement.executeQuery("select exists (select from kept)");
            rows.next();
            return rows.getBoolean(1) ? Occupancy.USED : Occupancy.EMPTY;
        }
    }

    private static String inUse(Rig rig) {
        await().atMost(Duration.ofSeconds(15)).until(rig::queryWorks);
        return rig.postgres.databaseInUse().orElseThrow();
    }
}
