package dev.mooring.postgres;

import dev.mooring.Dependency;
import dev.mooring.DependencyBuilder;
import dev.mooring.breaker.Bulkhead;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.postgres.connect.ConnectionSource;
import dev.mooring.postgres.connect.Feedback;
import dev.mooring.postgres.connect.PostgresFailures;
import dev.mooring.postgres.connect.Purpose;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.postgres.settings.StartupMode;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A supervised PostgreSQL database: a {@link Dependency} to hand to {@link dev.mooring.Mooring}, and a {@link DataSource} that refuses at
 * once while the database is down. Building one touches no network; it connects when a {@link dev.mooring.Mooring} supervises it.
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

    private final PostgresSettings settings;
    private final PostgresProbe probe;
    private final ConnectionSource source;
    private final Pool pool;
    private final Dependency dependency;
    private final SupervisedDataSource dataSource;

    Postgres(PostgresBuilder plan) {
        settings = plan.settings();
        Feedback feedback = new Feedback();
        source = new ConnectionSource(settings, plan.occupancy(), plan.isReadCommitted(), feedback);
        pool = new Pool(settings, source, feedback::probeSoon);
        Footprint footprint = new Footprint(plan.startTasks().values());
        probe = new PostgresProbe(source, footprint, pool::evict);
        Bulkhead.Limits limits = new Bulkhead.Limits(
                settings.pool().max(), settings.pool().max(), settings.limits().acquire());
        DependencyBuilder builder = Dependency.named(settings.name())
                .probe(probe)
                .failures(PostgresFailures.INSTANCE)
                .timing(settings.timing())
                .breaker(defaults -> settings.breaker())
                .bulkhead(limits)
                .recovery(new PoolRecovery(source, pool, probe, feedback));
        addStartTasks(plan.startTasks(), builder, footprint);
        dependency = plan.change().apply(builder).build();
        feedback.to(dependency);
        dataSource = new SupervisedDataSource(
                dependency,
                source,
                pool,
                new CallFindings(probe),
                new StatementLimits(
                        source,
                        settings.limits().statement(),
                        settings.limits().socket(),
                        plan.isReadCommitted() ? TransactionIsolation.READ_COMMITTED : TransactionIsolation.UNCHANGED));
    }

    /** The last task also notes where the work was done, so that probes notice when it is gone. */
    private void addStartTasks(Map<String, DatabaseTask> tasks, DependencyBuilder builder, Footprint footprint) {
        DataSource connections = new StartConnections(source);
        Iterator<Map.Entry<String, DatabaseTask>> all = tasks.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, DatabaseTask> one = all.next();
            boolean last = !all.hasNext();
            builder.startTask(one.getKey(), () -> {
                one.getValue().run(connections);
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
        return new PostgresBuilder(settings);
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

    /** The dependency, for a {@link dev.mooring.Mooring} to supervise. */
    public Dependency dependency() {
        return dependency;
    }

    /**
     * The supervised pool. While the database is down {@code getConnection()} throws at once a
     * {@link java.sql.SQLTransientConnectionException} (08001) whose cause is a {@link dev.mooring.breaker.DependencyUnavailableException};
     * when the pool is full, one whose cause is a {@link dev.mooring.breaker.DependencySaturatedException}. The
     * {@link dev.mooring.time.Deadline} of the thread shortens all limits.
     */
    public DataSource dataSource() {
        return dataSource;
    }

    /** A wait for the database that needs no supervision, with the backoff that {@code DATABASE_RETRY_*} set. */
    public StartupWait startupWait() {
        return new StartupWait(source, settings.retry(), settings.limits().connect(), kind -> !kind.isPermanent());
    }

    /**
     * Waits on this thread before a service starts, as {@code STARTUP_WAIT} says. With {@code none} it returns at once; with
     * {@code continue} it returns and logs a warning when no attempt reached the database.
     *
     * @throws SQLException with {@code exit}, when no attempt reached the database; the message says why and what to fix
     */
    public void waitAtStart() throws SQLException, InterruptedException {
        if (settings.startupMode() == StartupMode.NONE) {
            return;
        }
        try {
            var unused = startupWait().run();
        } catch (SQLException notReached) {
            if (settings.startupMode() == StartupMode.EXIT) {
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

    /** The pool at this moment; a read of memory. */
    public PoolStatistics pool() {
        return dataSource.statistics();
    }

    /** The name of the database in use; empty until the first log-in. */
    public Optional<String> databaseInUse() {
        return source.databaseInUse();
    }

    /** Whether the server refuses writes at present (25006), as the last probe saw it; a read of memory. */
    public boolean isReadOnly() {
        return probe.isReadOnly();
    }

    /** Closes the pool, all connections and all threads. End supervision before. */
    @Override
    public void close() {
        source.endPool();
        source.closeSockets(Purpose.START_TASK);
        probe.close();
        pool.close();
        source.close();
    }
}
