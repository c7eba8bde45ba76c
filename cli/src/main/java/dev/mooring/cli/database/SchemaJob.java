package dev.mooring.cli.database;

import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.SchemaException;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.profiles.Profile;
import dev.mooring.retry.Backoff;
import dev.mooring.retry.Retry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Connects, creates or migrates the schema of a system, and verifies its tables; repeats all of it after a failure that can pass by itself.
 * Immutable.
 */
record SchemaJob(PostgresSettings settings, Profile profile, Consumer<String> progress) {
    private static final String VERSION = """
            select version from %1$s.flyway_schema_history where success and version is not null
            order by string_to_array(version, '.')::int[] desc limit 1""";

    /**
     * What the job did.
     *
     * @param server the server's version, as in {@code 15.14}
     * @param database the name of the database in use
     * @param before the version of the schema before; empty when there was none
     * @param version the version of the schema now
     * @param attempts the number of attempts
     * @param took the whole time
     */
    record Done(String server, String database, String before, String version, int attempts, Duration took) {}

    /** The job failed. The message says what happened, and what to do where that is known. */
    static final class JobFailedException extends Exception {
        private static final long serialVersionUID = 1;

        private final FailureKind kind;
        private final boolean waitingHelps;

        JobFailedException(FailureKind kind, String message, boolean waitingHelps) {
            super(message, null, false, false);
            this.kind = kind;
            this.waitingHelps = waitingHelps;
        }

        FailureKind kind() {
            return kind;
        }

        /** Whether a later run may succeed without a change. */
        boolean waitingHelps() {
            return waitingHelps;
        }
    }

    Done run() throws JobFailedException, InterruptedException {
        long begun = System.nanoTime();
        Backoff backoff = settings.retry();
        try (Postgres postgres = Postgres.of(settings)) {
            return Retry.with(backoff, Postgres.failures()).run(attempt -> once(postgres, attempt, begun), this::tell);
        } catch (InterruptedException | JobFailedException asItIs) {
            throw asItIs;
        } catch (SchemaException unfit) {
            Optional<Failure> failure = Failure.of(unfit, Postgres.failures(), Instant.now());
            FailureKind kind = failure.map(Failure::kind).orElse(FailureKind.SCHEMA_MISSING);
            throw new JobFailedException(
                    kind, String.valueOf(unfit.getMessage()), failure.isPresent() && !kind.isPermanent());
        } catch (Exception failed) {
            Failure failure = failure(failed);
            throw new JobFailedException(
                    failure.kind(),
                    failure.message() + ". " + failure.kind().hint(),
                    !failure.kind().isPermanent());
        }
    }

    private Done once(Postgres postgres, int attempt, long begun) throws Exception {
        DataSource connections = postgres.jobConnections(profile.init().command());
        String server;
        String database;
        String before;
        try (Connection connection = postgres.openBesidePool(settings.limits().connect(), socket -> {})) {
            server = ServerVersion.of(connection);
            database = connection.getCatalog();
            before = version(connection);
        }
        profile.migrations().run(connections);
        try (Connection connection = connections.getConnection()) {
            List<String> missing = profile.missingTables(connection);
            if (!missing.isEmpty()) {
                throw new JobFailedException(
                        FailureKind.SCHEMA_MISSING,
                        "the history of schema " + profile.migrations().schema() + " says that all scripts ran, but "
                                + String.join(", ", missing) + " is missing; restore it from a backup",
                        false);
            }
            return new Done(
                    server,
                    database,
                    before,
                    version(connection),
                    attempt,
                    Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    private void tell(int attempt, int attempts, Exception error, Optional<FailureKind> kind, Optional<Duration> next) {
        if (next.isPresent()) {
            progress.accept(String.format(
                    Locale.ROOT,
                    "database: attempt %d of %d failed: %s; next in %.1f s",
                    attempt,
                    attempts,
                    failure(error),
                    next.get().toNanos() / 1e9));
        }
    }

    private static Failure failure(Exception failed) {
        return Failure.ofCheck(failed, Postgres.failures(), Instant.now());
    }

    /** The highest version in the history; empty without one. */
    private String version(Connection connection) throws SQLException {
        String schema = profile.migrations().schema();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet answer =
                    statement.executeQuery("select to_regclass('" + schema + ".flyway_schema_history') is null")) {
                if (!answer.next() || answer.getBoolean(1)) {
                    return "";
                }
            }
            try (ResultSet answer = statement.executeQuery(VERSION.formatted(schema))) {
                return answer.next() ? answer.getString(1) : "";
            }
        }
    }
}
