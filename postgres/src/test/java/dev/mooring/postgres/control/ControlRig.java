package dev.mooring.postgres.control;

import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.health.Status;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.settings.Settings;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.FaultProxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/** A supervised database behind a network that can break, and the control connection to it. */
final class ControlRig implements AutoCloseable {
    static final String APPLICATION = "control-test";

    final FaultProxy proxy;
    final Postgres postgres;
    final Mooring mooring;
    final ControlConnection control;

    private ControlRig(TestPostgres server, String database) {
        proxy = FaultProxy.to(server.host(), server.port());
        Settings settings = Settings.ofEnvironment(Map.of(
                "DATABASE_HOST",
                proxy.host(),
                "DATABASE_PORT",
                String.valueOf(proxy.port()),
                "DATABASE_USER",
                server.admin().user(),
                "DATABASE_PASSWORD",
                server.admin().password(),
                "DATABASE_NAME",
                database,
                "DATABASE_APPLICATION_NAME",
                APPLICATION,
                "HEALTH_CHECK_TIMEOUT",
                "4",
                "HEALTH_CHECK_INTERVAL",
                "500ms",
                "DATABASE_POOL_MAX",
                "2"));
        postgres = Postgres.of(PostgresSettings.from(settings));
        mooring = Mooring.supervise(postgres.dependency());
        control = new ControlConnection(postgres);
    }

    /** On a database of that name, which is there. */
    static ControlRig on(TestPostgres server, String database) {
        return new ControlRig(server, database).awaitUp();
    }

    private ControlRig awaitUp() {
        await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> mooring.health()
                        .dependency("database")
                        .filter(health -> health.status() == Status.UP)
                        .isPresent());
        return this;
    }

    /** The first column of the first row. */
    static String ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    static int change(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    @Override
    public void close() {
        control.close();
        mooring.close();
        postgres.close();
        proxy.close();
    }
}
