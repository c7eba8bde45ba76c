package dev.mooring.registry.service;

import dev.mooring.operations.control.OperationsSchema;
import dev.mooring.postgres.DatabaseTask;
import dev.mooring.postgres.Migrations;
import dev.mooring.postgres.settings.Occupancy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The tables of the service: how they come to be, and whether a database has them. */
final class Schema implements DatabaseTask {
    private static final List<String> TABLES_OF_MODELS =
            List.of("model", "model_version", "model_alias", "model_event", "registration");

    /** Ours and those of operations at once: both have their numbers in one history. */
    private static final Migrations MIGRATIONS = Migrations.of(
                    OperationsSchema.NAME, "classpath:db/migration", OperationsSchema.SCRIPTS)
            .amongOthers()
            .expecting(Stream.concat(TABLES_OF_MODELS.stream(), OperationsSchema.TABLES.stream())
                    .toArray(String[]::new));

    private static final String HISTORY = "mooring.flyway_schema_history";

    /** What was done, for people; written once by the task's thread before anybody is admitted. */
    private volatile String news = "";

    @Override
    public void run(DataSource connections) throws SQLException {
        long begun = System.nanoTime();
        String before = version(connections);
        MIGRATIONS.run(connections);
        String after = version(connections);
        double took = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1e3;
        news = after.equals(before)
                ? "at version " + after
                : String.format(Locale.ROOT, "migrated to version %s (%.1f s)", after, took);
    }

    /** What was done, for people; empty until it is. */
    String news() {
        return news;
    }

    /** How much of ours a database holds. */
    static Occupancy occupancy(Connection connection) throws SQLException {
        if (!exists(connection, "mooring.registration")) {
            return Occupancy.UNTOUCHED;
        }
        String rows = ask(connection, "select exists (select from mooring.registration)");
        return rows.equals("t") ? Occupancy.USED : Occupancy.EMPTY;
    }

    private static String version(DataSource connections) throws SQLException {
        try (Connection connection = connections.getConnection()) {
            return exists(connection, HISTORY)
                    ? ask(
                            connection,
                            "select version from " + HISTORY
                                    + " where success and version is not null"
                                    + " order by string_to_array(version, '.')::int[] desc limit 1")
                    : "";
        }
    }

    private static boolean exists(Connection connection, String table) throws SQLException {
        return ask(connection, "select to_regclass('" + table + "') is not null")
                .equals("t");
    }

    private static String ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return String.valueOf(answer.getString(1));
        }
    }
}
