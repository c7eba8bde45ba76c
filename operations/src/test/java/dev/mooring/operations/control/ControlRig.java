package dev.mooring.operations.control;

import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.health.Status;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.control.ControlConnection;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.settings.Settings;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.FaultProxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** A supervised database behind a network that can break, and transactions on the control connection to it. */
public final class ControlRig implements AutoCloseable {
    public final FaultProxy proxy;
    public final Postgres postgres;
    public final Mooring mooring;
    public final ControlTransactions control;
    private final ControlConnection connection;

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
                "HEALTH_CHECK_TIMEOUT",
                "4",
                "HEALTH_CHECK_INTERVAL",
                "500ms",
                "DATABASE_POOL_MAX",
                "2"));
        postgres = Postgres.of(PostgresSettings.from(settings));
        mooring = Mooring.supervise(postgres.dependency());
        connection = new ControlConnection(postgres);
        control = new ControlTransactions(connection);
    }

    /** A rig on an existing database. */
    public static ControlRig on(TestPostgres server, String database) {
        return new ControlRig(server, database).awaitUp();
    }

    /** A rig on a new database with the tables of operations. */
    public static ControlRig onMigrated(TestPostgres server) throws SQLException {
        String database = "control_" + UUID.randomUUID().toString().replace("-", "");
        server.admin().createDatabase(database);
        OperationsSchema.migrations().run(server.admin().dataSource(database));
        return on(server, database);
    }

    public ControlRig awaitUp() {
        await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> mooring.health()
                        .dependency("database")
                        .filter(health -> health.status() == Status.UP)
                        .isPresent());
        return this;
    }

    public static int change(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    @Override
    public void close() {
        connection.close();
        mooring.close();
        postgres.close();
        proxy.close();
    }
}
