package dev.mooring.cli.database;

import dev.mooring.cli.terminal.Durations;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.SchemaException;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.profiles.Profile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Connects, creates or migrates the schema of a system, and verifies its tables; repeats all of it after a failure that can pass by itself.
 * Immutable.
 *
 * @param limit the longest time for all of it
 * @param statement the longest run of a statement, its wait for a lock included
 * @param progress receives a line for each failed attempt that another one follows
 */
record SchemaJob(
        PostgresSettings settings, Profile profile, Duration limit, Duration statement, Consumer<String> progress) {
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
        TimeLeft time = TimeLeft.of(limit);
        try (Postgres postgres = Postgres.of(settings)) {
            return time.retry(settings.retry(), SchemaJob::kindOf)
                    .run(
                            attempt -> once(postgres, attempt, begun, time),
                            (attempt, attempts, error, kind, next) ->
                                    next.ifPresent(pause -> tell(attempt, attempts, error, time.pause(pause))));
        } catch (InterruptedException | JobFailedException asItIs) {
            throw asItIs;
        } catch (SchemaException unfit) {
            Optional<FailureKind> kind = kindOf(unfit);
            throw new JobFailedException(
                    kind.orElse(FailureKind.SCHEMA_MISSING),
                    String.valueOf(unfit.getMessage()),
                    kind.isPresent() && !kind.get().isPermanent());
        } catch (Exception failed) {
            Failure failure = failure(failed);
            String late = time.isOver() ? "the schema was not in place within " + Durations.text(limit) + ": " : "";
            throw new JobFailedException(
                    failure.kind(),
                    late + failure.message() + ". " + Postgres.failures().hint(failure.kind()),
                    !failure.kind().isPermanent());
        }
    }

    private Done once(Postgres postgres, int attempt, long begun, TimeLeft time) throws Exception {
        // Its limits are short enough for a log-in to a server that does not answer. Where it fails, that is the
        // reason.
        postgres.openBesidePool(time.cut(settings.limits().connect()), socket -> {})
                .close();
        try (TimeLimit end = new TimeLimit(time.left(), postgres::close)) {
            return inTime(end, () -> migrate(postgres.jobConnections(statement), attempt, begun));
        }
    }

    /** When the time is over while the server works, that is the failure, whatever the end of the connections looks like. */
    private Done inTime(TimeLimit time, Callable<Done> work) throws Exception {
        try {
            return work.call();
        } catch (Exception failed) {
            if (!time.isOver()) {
                throw failed;
            }
        }
        throw new JobFailedException(
                FailureKind.STATEMENT_TIMEOUT,
                "the schema was not in place within " + Durations.text(limit)
                        + "; see in pg_stat_activity whether another job migrates, or what holds a lock",
                true);
    }

    private Done migrate(DataSource connections, int attempt, long begun) throws Exception {
        String server;
        String database;
        String before;
        try (Connection connection = connections.getConnection()) {
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

    /** The kind of a failure that may pass by itself; empty for a verdict of ours, and for a schema that a person has to mend. */
    private static Optional<FailureKind> kindOf(Throwable error) {
        if (error instanceof JobFailedException) {
            return Optional.empty();
        }
        return Postgres.failures()
                .classify(error)
                .filter(kind -> kind != FailureKind.UNKNOWN || !(error instanceof SchemaException));
    }

    private void tell(int attempt, int attempts, Exception error, Duration next) {
        progress.accept(String.format(
                Locale.ROOT,
                "database: attempt %d of %d failed: %s; next in %.1f s",
                attempt,
                attempts,
                failure(error),
                next.toNanos() / 1e9));
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
