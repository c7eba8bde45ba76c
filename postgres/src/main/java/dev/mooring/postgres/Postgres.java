package dev.mooring.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.Dependency;
import dev.mooring.DependencyBuilder;
import dev.mooring.breaker.Bulkhead;
import dev.mooring.diagnosis.Check;
import dev.mooring.diagnosis.Examination;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.postgres.connect.ConnectionSource;
import dev.mooring.postgres.connect.Feedback;
import dev.mooring.postgres.connect.GivenPool;
import dev.mooring.postgres.connect.PostgresFailures;
import dev.mooring.postgres.connect.Purpose;
import dev.mooring.postgres.diagnosis.PostgresExamination;
import dev.mooring.postgres.diagnosis.Subject;
import dev.mooring.postgres.settings.Occupancy;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.postgres.settings.StartupMode;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.postgresql.PGStatement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A supervised PostgreSQL database: a {@link Dependency} to hand to {@link dev.mooring.Mooring}, and a {@link HikariDataSource} that refuses
 * at once while the database is down. Building one touches no network; it connects when a {@link dev.mooring.Mooring} supervises it.
 * Thread-safe.
 *
 * <pre>{@code
 * try (Postgres postgres = Postgres.of(PostgresSettings.fromEnvironment());
 *         Mooring mooring = Mooring.supervise(postgres.dependency())) {
 *     mooring.awaitCritical(Duration.ofSeconds(30));
 *     try (Connection connection = postgres.dataSource().getConnection()) {
 *         …
 *     }
 * }
 * }</pre>
 */
public final class Postgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Postgres.class);

    /** Guarded calls, each of which may ask for a connection, that wait at the same time. */
    private static final int MOST_WAITING = 10_000;

    /** The limit of one layer of a diagnosis. */
    private static final Duration LAYER_LIMIT = Duration.ofSeconds(2);

    /** Three probes, one of which gives its place to a diagnosis, and the session beside the pool. */
    private static final int BESIDE_POOL = 4;

    private final Origin origin;
    private final PostgresProbe probe;
    private final ConnectionSource source;
    private final SupervisedDataSource pool;
    private final Dependency dependency;
    private final Callers callers;

    Postgres(PostgresBuilder plan) {
        origin = plan.origin();
        Feedback feedback = new Feedback();
        source = origin.source(plan, feedback);
        pool = origin.pool(source, feedback::probeSoon);
        Footprint footprint = new Footprint(plan.startTasks().values());
        probe = new PostgresProbe(source, footprint, origin.isForReading(), pool::evict, feedback::clear);
        Bulkhead.Limits limits = new Bulkhead.Limits(
                pool.getMaximumPoolSize(), MOST_WAITING, Duration.ofMillis(pool.getConnectionTimeout()));
        DependencyBuilder builder = Dependency.named(origin.name())
                .probe(probe)
                .failures(PostgresFailures.INSTANCE)
                .timing(origin.timing())
                .breaker(defaults -> origin.breaker())
                .bulkhead(limits)
                .recovery(new PoolRecovery(source, pool, probe, feedback))
                .examination(() -> new PostgresExamination(subject(plan), () -> {}));
        StartConnections startConnections = new StartConnections(source);
        addStartTasks(plan.startTasks(), builder, footprint, startConnections);
        dependency = plan.change().apply(builder).build();
        feedback.to(dependency);
        callers = new Callers(
                dependency, source, pool, startConnections, new CallFindings(probe), origin.limits(plan, source));
        pool.serve(callers, this::close);
    }

    private Subject subject(PostgresBuilder plan) {
        boolean creates = !plan.startTasks().isEmpty();
        return new Subject(
                source, LAYER_LIMIT, pool.getMaximumPoolSize() + BESIDE_POOL, creates, origin.isForReading());
    }

    /**
     * An examination of the database that {@code settings} describe, layer by layer, for a process that does not supervise it.
     *
     * @param limit the longest time for each layer; at least 100 ms
     */
    public static Examination examination(PostgresSettings settings, Duration limit) {
        ConnectionSource source = ConnectionSource.of(
                settings, UnaryOperator.identity(), connection -> Occupancy.USED, false, new Feedback());
        Subject subject = new Subject(source, limit, settings.pool().max() + BESIDE_POOL, true, false);
        return new PostgresExamination(subject, source::close);
    }

    /** Every check of an {@link #examination}, in the order of the layers. */
    public static List<Check> checks() {
        return PostgresExamination.checks();
    }

    /** The last task also notes where the work was done, so that probes notice when it is gone. */
    private static void addStartTasks(
            Map<String, DatabaseTask> tasks,
            DependencyBuilder builder,
            Footprint footprint,
            StartConnections connections) {
        Iterator<Map.Entry<String, DatabaseTask>> all = tasks.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, DatabaseTask> one = all.next();
            boolean last = !all.hasNext();
            builder.startTask(one.getKey(), () -> {
                connections.during(one.getValue());
                if (last) {
                    footprint.note(connections);
                }
            });
        }
    }

    /** The database that {@code settings} describe. */
    public static Postgres of(PostgresSettings settings) {
        return with(settings).build();
    }

    /** A builder of a database with start tasks or other changes. */
    public static PostgresBuilder with(PostgresSettings settings) {
        return new PostgresBuilder(new Origin.OfSettings(settings));
    }

    /**
     * A builder of a database that the application's own pool describes. {@link #dataSource()} is to be used in place of that pool: it is
     * configured as {@code pool} is, and while the database is well it behaves as a {@link HikariDataSource} of {@code pool} does. The driver
     * gets the URL and the data-source properties as they are. Each log-in asks {@code pool} for user and password. A pool that has
     * connections already stays as it is; the caller closes it.
     *
     * <p>Mooring decides about these alone: the pool never ends a start ({@code initializationFailTimeout}); it validates a connection for
     * 1 s at most, unless it has a {@code connectionInitSql}; the driver's {@code loginTimeout} limits each answer during a log-in; its
     * {@code connectTimeout} is for all addresses of all hosts together.
     *
     * @param name the name of the dependency
     * @throws IllegalArgumentException the pool cannot be supervised; the message says why: it has no {@code jdbc:postgresql:} URL, another
     *     driver, a data source of its own, a {@code socketFactory} of its own, or parameters that the driver does not accept
     */
    public static PostgresBuilder inPlaceOf(String name, HikariConfig pool) {
        return new PostgresBuilder(new Origin.OfPool(GivenPool.of(name, pool)));
    }

    /** The classifier of PostgreSQL's failures, by the server's own codes; empty for an error that says nothing against the server. */
    public static FailureClassifier failures() {
        return PostgresFailures.INSTANCE;
    }

    /**
     * Whether the server has certainly rolled a transaction back, and the same work can succeed at once: a serialization failure (40001), a
     * deadlock (40P01), or a statement whose prepared plan a migration made stale.
     */
    public static boolean isRolledBackByConflict(Throwable error) {
        return RolledBack.byPassingConflict(error);
    }

    /**
     * Lets the server plan this statement at each execution, for the values that it has then. The driver otherwise lets the server keep the
     * plan of a statement that runs often, and that is one for all values. A statement of another driver stays as it is.
     */
    public static void planAnew(Statement statement) throws SQLException {
        if (statement.isWrapperFor(PGStatement.class)) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        }
    }

    /** The dependency, for a {@link dev.mooring.Mooring} to supervise. */
    public Dependency dependency() {
        return dependency;
    }

    /**
     * The supervised pool. Callers wait for a connection up to the pool's {@code connectionTimeout}; up to 2 s, if that is less, while the
     * supervisor suspects the database; before the first contact, until the first evidence. While the database is down
     * {@code getConnection()} throws at once a {@link java.sql.SQLTransientConnectionException} (08001) whose cause is a {@link
     * dev.mooring.breaker.DependencyUnavailableException}; when no connection came free in time, one whose cause is a {@link
     * dev.mooring.breaker.DependencySaturatedException}. The {@link dev.mooring.time.Deadline} of the thread shortens all limits.
     *
     * <p>On a thread that runs a start task of this database it gives connections outside the pool, as the task's own argument does.
     *
     * <p>To close it does the same as {@link #close()}.
     */
    public HikariDataSource dataSource() {
        return pool;
    }

    /** A wait for the database that needs no supervision, with the backoff that {@code DATABASE_RETRY_*} set. */
    public StartupWait startupWait() {
        return new StartupWait(source, origin.retry(), origin.attemptLimit(), kind -> !kind.isPermanent());
    }

    /**
     * Waits on this thread before a service starts, as {@code STARTUP_WAIT} says. With {@code none} it returns at once; with
     * {@code continue} it returns and logs a warning when no attempt reached the database.
     *
     * @throws SQLException with {@code exit}, when no attempt reached the database; the message says why and what to fix
     */
    public void waitAtStart() throws SQLException, InterruptedException {
        if (origin.startupMode() == StartupMode.NONE) {
            return;
        }
        try {
            var unused = startupWait().run();
        } catch (SQLException notReached) {
            if (origin.startupMode() == StartupMode.EXIT) {
                throw notReached;
            }
            LOG.warn("starting without the database: {}", notReached.getMessage());
        }
    }

    /**
     * Opens a session beside the pool, in every state of the breaker: for work that must go on while the breaker refuses calls, such as an
     * operator's order to admit them again. Its successes and failures are no evidence. The caller bounds each wait on it and closes it.
     *
     * @param limit limit of the TCP connect, and of each answer during the log-in
     * @param socketMade receives each socket before it connects; to close the socket frees the thread that waits in it
     */
    public Connection openBesidePool(Duration limit, Consumer<Socket> socketMade) throws SQLException {
        return source.openForControl(limit, socketMade);
    }

    /**
     * Connections for a job that creates a schema, outside the pool and without supervision. Each is a new log-in, to the server itself where
     * its address is set. Their successes and failures are no evidence.
     *
     * @param command the limit of a statement, also while it waits for a lock; 1 ms to 24 days
     */
    public DataSource jobConnections(Duration command) {
        return new JobConnections(source, command);
    }

    /** The pool at this moment; a read of memory. */
    public PoolStatistics pool() {
        return callers.statistics();
    }

    /**
     * Gives up the connections of the pool softly: closes those that are idle, and each one in use when its caller gives it back. The pool
     * fills again as callers need it. Does not wait.
     */
    public void evictPool() {
        pool.evict();
    }

    /** The name of the database in use; empty until the first log-in. */
    public Optional<String> databaseInUse() {
        return source.databaseInUse();
    }

    /** Whether the server refuses writes at present (25006), as the last probe saw it; a read of memory. */
    public boolean isReadOnly() {
        return probe.isReadOnly();
    }

    /**
     * Whether connections go through a pooler that may change the server process after each transaction, as far as it is known; a read of
     * memory. Each transaction sets its own limits then, and a statement outside of one has only that of the network.
     */
    public boolean isBehindPooler() {
        return source.isPooled();
    }

    /** Closes the pool, all connections and all threads. End supervision before. */
    @Override
    public void close() {
        source.endPool();
        source.closeSockets(Purpose.START_TASK);
        probe.close();
        pool.closePool();
        source.close();
    }
}
