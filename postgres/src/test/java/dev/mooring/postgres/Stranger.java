package dev.mooring.postgres;

import dev.mooring.Mooring;
import dev.mooring.health.Status;
import dev.mooring.postgres.settings.PostgresSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A program on another machine, with its own names, time zone and locale. It prints what it finds in the database of its environment. */
final class Stranger {
    private Stranger() {}

    public static void main(String[] arguments) throws Exception {
        long begun = System.nanoTime();
        PostgresSettings settings = PostgresSettings.fromEnvironment();
        try (Postgres postgres = Postgres.of(settings);
                Mooring mooring = Mooring.supervise(postgres.dependency())) {
            boolean ready = mooring.awaitCritical(Duration.ofSeconds(20));
            System.out.println("ready " + ready + " after " + millisSince(begun) + " ms");
            try (Connection connection = postgres.dataSource().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "select current_setting('TimeZone'), ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
                row.next();
                System.out.println("zone " + row.getString(1) + ", tls " + row.getBoolean(2));
            }
            begun = System.nanoTime();
            beside(postgres);
            System.out.println("second log-in took " + millisSince(begun) + " ms");
            System.out.println("status " + status(mooring));
        }
    }

    private static void beside(Postgres postgres) throws SQLException {
        postgres.openBesidePool(Duration.ofSeconds(10), socket -> {}).close();
    }

    private static Status status(Mooring mooring) {
        return mooring.health().dependency("database").orElseThrow().status();
    }

    private static long millisSince(long begun) {
        return (System.nanoTime() - begun) / 1_000_000;
    }
}
