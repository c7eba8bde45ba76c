package dev.mooring.cli.database;

import dev.mooring.cli.database.TestSeries.FoundException;
import dev.mooring.cli.terminal.Durations;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.profiles.Profile;
import dev.mooring.retry.Backoff;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The five tests of a database, in order. When neither of the first two connects, the others fail without a try of their own. Not
 * thread-safe.
 */
final class ConnectivityTests {
    private static final String HEALTH = """
            select (select count(*) from pg_catalog.pg_stat_activity where backend_type = 'client backend'),
                   current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                     - coalesce(current_setting('reserved_connections', true), '0')::int, pg_is_in_recovery(), current_setting('transaction_read_only')::bool""";

    private final PostgresSettings settings;
    private final Profile profile;
    private final Postgres postgres;
    private final TimeLeft time;
    private final Consumer<String> progress;

    /**
     * The tests of one database.
     *
     * @param time the time for all of them
     * @param progress receives a line for each failed attempt that another one follows
     */
    ConnectivityTests(
            PostgresSettings settings, Profile profile, Postgres postgres, TimeLeft time, Consumer<String> progress) {
        this.settings = settings;
        this.profile = profile;
        this.postgres = postgres;
        this.time = time;
        this.progress = progress;
    }

    /** Runs them; returns whether the database was reached. */
    boolean run(TestSeries series) throws InterruptedException {
        series.test("Basic Connection", this::basic);
        if (series.passed() == 0) {
            progress.accept(String.format(
                    "mooring: the next test makes up to %d attempts, with pauses of about %s in all; --timeout shortens it",
                    settings.retry().attempts(), Durations.text(longestPauses())));
        }
        series.test("Connection with Retry", this::withRetry);
        boolean reached = series.passed() > 0;
        series.test("Concurrent Connections", reached, this::concurrent);
        series.test("Database Health", reached, this::health);
        series.test("Schema Validation", reached, this::schema);
        return reached;
    }

    /** The pauses between all attempts without their jitter, cut to the time of the retries and of the command. */
    private Duration longestPauses() {
        Backoff backoff = settings.retry();
        Duration sum = Duration.ZERO;
        for (int attempt = 1; attempt < backoff.attempts() && sum.compareTo(backoff.deadline()) < 0; attempt++) {
            sum = sum.plus(backoff.jitter(0).delayAfter(attempt, Time.system().chance()));
        }
        return Stream.of(sum, backoff.deadline(), time.limit())
                .min(Comparator.naturalOrder())
                .get();
    }

    private Connection open() throws SQLException {
        return postgres.openBesidePool(time.cut(settings.limits().connect()), socket -> {});
    }

    private String basic() throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("select 1")) {
            answer.next();
            return "";
        }
    }

    private String withRetry() throws Exception {
        return time.retry(settings.retry(), Postgres.failures())
                .run(
                        attempt -> {
                            basic();
                            return "attempt " + attempt + " of "
                                    + settings.retry().attempts();
                        },
                        (attempt, attempts, error, kind, next) -> next.ifPresent(pause -> progress.accept(String.format(
                                Locale.ROOT,
                                "database: attempt %d of %d failed: %s; next in %.1f s",
                                attempt,
                                attempts,
                                TestSeries.describe(error),
                                time.pause(pause).toNanos() / 1e9))));
    }

    private String concurrent() throws Exception {
        return new ConcurrentConnections(settings.pool().max(), this::open)
                .run()
                .orThrow(FoundException::new);
    }

    private String health() throws Exception {
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(HEALTH)) {
            answer.next();
            String found = "PostgreSQL " + ServerVersion.of(connection) + ", " + answer.getInt(1) + " of "
                    + answer.getInt(2) + " connections";
            if (answer.getBoolean(3)) {
                throw new FoundException(found + ", a standby in recovery: writes are refused; check that the address"
                        + " points to the primary");
            }
            if (answer.getBoolean(4)) {
                throw new FoundException(
                        found + ", read-only: check default_transaction_read_only of server, database" + " and user");
            }
            return found;
        }
    }

    private String schema() throws Exception {
        try (Connection connection = open()) {
            List<String> missing = profile.missingTables(connection);
            if (!missing.isEmpty()) {
                throw new FoundException(
                        "missing: " + String.join(", ", missing) + " → run: mooring init --profile " + profile.name());
            }
            return profile.tables().size() + " tables";
        }
    }
}
