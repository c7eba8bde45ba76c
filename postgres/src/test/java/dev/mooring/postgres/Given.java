package dev.mooring.postgres;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.Mooring;
import dev.mooring.health.Status;
import dev.mooring.testing.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A supervised pool in place of one that an application configured. */
final class Given implements AutoCloseable {
    final Postgres postgres;
    final Mooring mooring;

    private Given(HikariConfig pool, UnaryOperator<PostgresBuilder> change) {
        postgres = change.apply(Postgres.inPlaceOf("orders", pool)).build();
        mooring = Mooring.supervise(postgres.dependency());
    }

    static Given inPlaceOf(HikariConfig pool) {
        return new Given(pool, builder -> builder);
    }

    static Given inPlaceOf(HikariConfig pool, UnaryOperator<PostgresBuilder> change) {
        return new Given(pool, change);
    }

    /** What an application sets at least; {@code parameters} follow the URL, as in {@code ?sslmode=disable}. */
    static HikariConfig pool(TestPostgres server, String parameters) {
        return pool(server.port(), parameters);
    }

    static HikariConfig pool(int port, String parameters) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + port + "/mlflow_db" + parameters);
        config.setUsername(Rig.USER);
        config.setPassword(Rig.PASSWORD);
        config.setMaximumPoolSize(5);
        config.setMinimumIdle(1);
        return config;
    }

    HikariDataSource dataSource() {
        return postgres.dataSource();
    }

    Status status() {
        return mooring.health().dependency("orders").orElseThrow().status();
    }

    Given awaitUp() {
        await().atMost(Duration.ofSeconds(15)).until(() -> status() == Status.UP);
        return this;
    }

    static String ask(HikariDataSource pool, String sql) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return ask(connection, sql);
        }
    }

    static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        mooring.close();
        postgres.close();
    }
}
