package dev.mooring.postgres;

import static org.awaitility.Awaitility.await;

import dev.mooring.Mooring;
import dev.mooring.event.MooringEvent;
import dev.mooring.health.DependencyHealth;
import dev.mooring.health.Status;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.settings.Settings;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.proxy.FaultProxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * A supervised database as a service has it: a server, a proxy that breaks the network to it, and the {@link Postgres} and {@link Mooring}
 * on top.
 */
final class Rig implements AutoCloseable {
    static final String USER = "registry";
    static final String PASSWORD = "s3cr3t-marker-pw";

    final TestPostgres server;
    final FaultProxy proxy;
    final Postgres postgres;
    final Mooring mooring;
    final List<MooringEvent> events = new CopyOnWriteArrayList<>();

    private Rig(TestPostgres server, Map<String, String> settings, UnaryOperator<PostgresBuilder> change) {
        this.server = server;
        this.proxy = FaultProxy.to(server.host(), server.port());
        Map<String, String> all = environment(proxy.port());
        all.putAll(settings);
        this.postgres = change.apply(Postgres.with(settings(all))).build();
        this.mooring = Mooring.supervise(postgres.dependency());
        mooring.addListener(events::add);
    }

    /** A rig on this server, which must have the user and the database. {@code settings} override those of the rig. */
    static Rig on(TestPostgres server, Map<String, String> settings) {
        return new Rig(server, settings, builder -> builder);
    }

    static Rig on(TestPostgres server, Map<String, String> settings, UnaryOperator<PostgresBuilder> change) {
        return new Rig(server, settings, change);
    }

    /** A running server with the user and the database {@code mlflow_db}. */
    static TestPostgres server() {
        TestPostgres server = TestPostgres.builder().start();
        prepare(server);
        return server;
    }

    static void prepare(TestPostgres server) {
        try {
            server.admin().createRole(USER, PASSWORD);
            server.admin().createDatabase("mlflow_db", USER);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, String> environment(int port) {
        Map<String, String> environment = new HashMap<>();
        environment.put("DATABASE_HOST", "127.0.0.1");
        environment.put("DATABASE_PORT", String.valueOf(port));
        environment.put("DATABASE_USER", USER);
        environment.put("DATABASE_PASSWORD", PASSWORD);
        environment.put("DATABASE_NAME", "mlflow_db");
        environment.put("HEALTH_CHECK_TIMEOUT", "3");
        environment.put("HEALTH_CHECK_INTERVAL", "500ms");
        environment.put("DATABASE_POOL_MAX", "5");
        return environment;
    }

    static PostgresSettings settings(Map<String, String> environment) {
        Settings settings = Settings.ofEnvironment(environment);
        PostgresSettings read = PostgresSettings.from(settings);
        settings.orThrow();
        return read;
    }

    DependencyHealth health() {
        return mooring.health().dependency(postgres.dependency().name()).orElseThrow();
    }

    /** Unknown also before the supervisor's first step. */
    Status status() {
        return mooring.health()
                .dependency(postgres.dependency().name())
                .map(DependencyHealth::status)
                .orElse(Status.UNKNOWN);
    }

    Rig awaitUp() {
        await().atMost(Duration.ofSeconds(15)).until(() -> status() == Status.UP);
        return this;
    }

    /** Waits until health reports this status, and returns how long that took. */
    Duration awaitStatus(Status wanted, Duration most) {
        long begun = System.nanoTime();
        await().atMost(most).pollInterval(Duration.ofMillis(5)).until(() -> status() == wanted);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Waits until a query on a pooled connection works, and returns how long that took. */
    Duration awaitQuery(Duration most) {
        long begun = System.nanoTime();
        await().atMost(most).pollInterval(Duration.ofMillis(5)).until(this::queryWorks);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    boolean queryWorks() {
        try {
            return query("select 1").equals("1");
        } catch (SQLException failed) {
            return false;
        }
    }

    String query(String sql) throws SQLException {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    void update(String sql) throws SQLException {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    static void measured(String what, Duration took, Duration most) {
        System.out.printf("measured %s: %d ms (at most %d ms)%n", what, took.toMillis(), most.toMillis());
    }

    @Override
    public void close() {
        mooring.close();
        postgres.close();
        proxy.close();
    }
}
