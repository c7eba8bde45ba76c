package dev.mooring.registry.service;

import dev.mooring.messages.MessagesSchema;
import dev.mooring.operations.control.OperationsSchema;
import dev.mooring.postgres.DatabaseTask;
import dev.mooring.postgres.Migrations;
import dev.mooring.postgres.settings.Occupancy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;

/** The tables of the service: the task that creates them, and the check whether a database has them. */
final class Schema implements DatabaseTask {
    /** The scripts of the registry, of operations and of messages together, because one history holds the numbers of all. */
    static final Migrations MIGRATIONS = MessagesSchema.expectedBy(OperationsSchema.expectedBy(Migrations.of(
                            OperationsSchema.NAME,
                            "classpath:db/migration",
                            OperationsSchema.SCRIPTS,
                            MessagesSchema.SCRIPTS)
                    .amongOthers()))
            .expectingColumns(
                    "forwarded_create",
                    "caller_hash",
                    "path",
                    "body_hash",
                    "id",
                    "attempt",
                    "begun_at",
                    "must_end_at",
                    "version",
                    "answered")
            .expectingColumns("registration_outcome", "registration_id", "status", "version", "cause", "decided_at")
            .expectingColumns(
                    "model",
                    "origin",
                    "name",
                    "model_id",
                    "description",
                    "tags",
                    "bytes",
                    "last_version",
                    "created_at",
                    "updated_at",
                    "last_updated",
                    "confirmed_at",
                    "versions_at",
                    "listed_at",
                    "written_at")
            .expectingColumns(
                    "mirror_sync",
                    "origin",
                    "phase",
                    "page_offset",
                    "last_name",
                    "started_at",
                    "complete_at",
                    "claimed_by",
                    "claimed_until")
            .expectingColumns("mirror_doubt", "origin", "model", "doubted_at", "due_at", "last_at")
            .expectingColumns("mirror_gone", "origin", "model", "gone_at")
            .expectingColumns(
                    "model_version",
                    "origin",
                    "model",
                    "version",
                    "registration_id",
                    "source",
                    "download_source",
                    "run_id",
                    "run_link",
                    "description",
                    "tags",
                    "metrics",
                    "bytes",
                    "current_stage",
                    "registered_by",
                    "created_at",
                    "last_updated",
                    "confirmed_at")
            .expectingColumns("model_alias", "origin", "model", "alias", "version", "set_at")
            .expectingColumns(
                    "model_event",
                    "seq",
                    "origin",
                    "model",
                    "model_id",
                    "action",
                    "version",
                    "alias",
                    "registration_id",
                    "actor",
                    "details",
                    "at")
            .expectingColumns("version_request", "digest", "origin", "model", "version", "holder", "made_at")
            .expectingColumns(
                    "registration",
                    "registration_id",
                    "origin",
                    "scope",
                    "idempotency_key",
                    "request_hash",
                    "model",
                    "accepted_at")
            .expectingUpdates("forwarded_create", "mirror_sync", "mirror_doubt", "mirror_gone")
            .expectingUpdates("model", "model_version", "model_alias")
            .expectingDeletes("forwarded_create", "mirror_doubt", "mirror_gone")
            .expectingDeletes("model", "model_version", "model_alias", "version_request");

    private static final String HISTORY = "mooring.flyway_schema_history";

    /** The outcome of the task, for people. The task's thread writes it once, before the breaker admits calls. */
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

    @Override
    public Optional<String> traces() {
        return MIGRATIONS.traces();
    }

    @Override
    public Optional<String> unreadable() {
        return MIGRATIONS.unreadable();
    }

    @Override
    public Optional<String> unwritable() {
        return MIGRATIONS.unwritable();
    }

    /** The outcome of the task, for people; empty until the task is done. */
    String news() {
        return news;
    }

    /** Whether a database has the tables, and whether they hold registrations. */
    static Occupancy occupancy(Connection connection) throws SQLException {
        if (!exists(connection, "mooring.registration")) {
            return Occupancy.UNTOUCHED;
        }
        String rows = ask(connection, "select exists (select from mooring.registration)");
        return rows.equals("t") ? Occupancy.USED : Occupancy.EMPTY;
    }

    /** The highest version in the history; empty without a history, and with an empty one, which a first migration that was killed leaves. */
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
            return answer.next() ? String.valueOf(answer.getString(1)) : "";
        }
    }
}
