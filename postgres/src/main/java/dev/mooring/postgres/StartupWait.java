package dev.mooring.postgres;

import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.connect.AttemptSeries;
import dev.mooring.postgres.connect.ConnectionSource;
import dev.mooring.postgres.connect.PostgresFailures;
import dev.mooring.retry.Backoff;
import dev.mooring.retry.Retry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until a log-in works, for code that needs the database before anything else: a start with {@code STARTUP_WAIT}, an init job, a
 * script. The log has each attempt with its number and the next delay. Immutable. It waits on the calling thread; an interrupt ends the
 * wait.
 *
 * <pre>{@code
 * Reached reached = postgres.startupWait().run();
 * }</pre>
 */
public final class StartupWait {
    private static final Logger LOG = LoggerFactory.getLogger(StartupWait.class);

    private final ConnectionSource source;
    private final Backoff backoff;
    private final Duration attemptLimit;
    private final Predicate<FailureKind> waitedFor;

    StartupWait(ConnectionSource source, Backoff backoff, Duration attemptLimit, Predicate<FailureKind> waitedFor) {
        this.source = source;
        this.backoff = backoff;
        this.attemptLimit = attemptLimit;
        this.waitedFor = waitedFor;
    }

    /**
     * The result of a wait that succeeded.
     *
     * @param database the name of the database
     * @param version the server's version, as in {@code 15.14}
     * @param attempts the number of attempts, the successful one included
     * @param took the duration of the whole wait
     */
    public record Reached(String database, String version, int attempts, Duration took) {}

    /** The same with another backoff; the default is the one that {@code DATABASE_RETRY_*} set. */
    public StartupWait with(Backoff other) {
        return new StartupWait(source, other, attemptLimit, waitedFor);
    }

    /** The same with another limit for the connect, and for each answer, of one attempt; default the connect timeout. */
    public StartupWait limitingAttemptsTo(Duration limit) {
        return new StartupWait(source, backoff, limit, waitedFor);
    }

    /** The same, but it also waits while the database does not exist, for when another process creates it. */
    public StartupWait waitingForDatabase() {
        return new StartupWait(
                source, backoff, attemptLimit, waitedFor.or(kind -> kind == FailureKind.DATABASE_MISSING));
    }

    /**
     * Waits.
     *
     * @throws SQLException the attempts are used up, or the failure is permanent; the message names the server, the database and the cause
     */
    public Reached run() throws SQLException, InterruptedException {
        long begun = System.nanoTime();
        AttemptSeries series = source.series(attemptLimit);
        Retry retry = Retry.with(backoff, PostgresFailures.INSTANCE).waitingFor(waitedFor);
        try {
            Reached reached = retry.run(
                    number -> reach(series, number, begun),
                    (attempt, attempts, error, kind, next) -> series.failed(attempt, attempts, next));
            LOG.info(
                    "reached {} on PostgreSQL {} with attempt {} of {}",
                    reached.database(),
                    reached.version(),
                    reached.attempts(),
                    backoff.attempts());
            return reached;
        } catch (SQLException | InterruptedException | RuntimeException asItIs) {
            throw asItIs;
        } catch (Exception other) {
            throw new IllegalStateException(other);
        }
    }

    private Reached reach(AttemptSeries series, int number, long begun) throws SQLException {
        try (Connection connection = series.open()) {
            String version = connection.getMetaData().getDatabaseProductVersion();
            series.succeeded(number, backoff.attempts());
            return new Reached(connection.getCatalog(), version, number, Duration.ofNanos(System.nanoTime() - begun));
        }
    }
}
