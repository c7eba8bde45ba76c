package dev.mooring.postgres.connect;

import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.settings.Address;
import dev.mooring.postgres.settings.DatabaseSettings;
import dev.mooring.postgres.settings.Occupancy;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.postgres.settings.SslMode;
import dev.mooring.probe.Finding;
import dev.mooring.retry.Backoff;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The only class that connects to PostgreSQL. It owns credentials, database name, sockets, the log of attempts and the gate before the
 * pool. As a {@link javax.sql.DataSource} it serves the pool, whose log-ins wait at the gate while the breaker admits no calls;
 * {@link #open} serves every other caller at once. Thread-safe.
 */
public final class ConnectionSource extends ConnectionsOnly implements AutoCloseable {
    private static final Backoff PAUSES =
            Backoff.exponential(Duration.ofMillis(250)).cap(Duration.ofSeconds(2));
    /** The pause after a permanent failure: a server may lock the account of a client that tries more often. */
    private static final Duration PERMANENT_PAUSE = Duration.ofSeconds(5);

    private final Target target;
    private final Feedback feedback;
    private final Credentials credentials;
    private final DatabaseNames names;
    private final Sockets sockets = new Sockets();
    private final Gate gate;
    private final AttemptLog log;
    private final LogIn logIn;
    private final LogIn startTaskLogIn;
    private final AttemptLog startTaskLog;
    private final Sessions sessions;
    private final SecretWatch secretWatch;

    /** Why the pool's last log-in failed; the next one that works clears it. Volatile: the pool's adder writes it, callers read it. */
    private volatile @Nullable SQLException poolFailure;

    /**
     * A source of connections to the database that {@code settings} describe. Touches no network.
     *
     * @param presentAddress makes the present address of the one in the settings; each log-in asks again
     * @param occupancy finds out which of the name and its fallback is in use, when both exist
     * @param readCommitted whether the pool's sessions ask for isolation level read committed
     */
    public static ConnectionSource of(
            PostgresSettings settings,
            UnaryOperator<Address> presentAddress,
            Occupancy.Reader occupancy,
            boolean readCommitted,
            Feedback feedback) {
        return new ConnectionSource(
                new SettingsTarget(settings, presentAddress),
                new SettingsTarget(settings.direct(), presentAddress),
                new LimitedSessions(settings, readCommitted),
                occupancy,
                feedback);
    }

    /** A source of connections to the database of a pool that the application configured. Touches no network. */
    public static ConnectionSource of(GivenPool pool, Feedback feedback) {
        return new ConnectionSource(pool, pool, new GivenSessions(pool), connection -> Occupancy.USED, feedback);
    }

    private ConnectionSource(
            Target target, Target direct, Sessions sessions, Occupancy.Reader occupancy, Feedback feedback) {
        this.target = target;
        this.sessions = sessions;
        this.feedback = feedback;
        this.credentials = new Credentials(target::password);
        this.names = new DatabaseNames(
                target.database(),
                target.fallback(),
                DatabaseSettings.of(target.name()).name().toString());
        this.gate = new Gate(feedback::admits);
        this.log = log(target, feedback);
        this.logIn = new LogIn(target, credentials, names, occupancy, sockets);
        this.startTaskLog = direct.equals(target) ? log : log(direct, feedback);
        this.startTaskLogIn = direct.equals(target) ? logIn : new LogIn(direct, credentials, names, occupancy, sockets);
        this.secretWatch = new SecretWatch(target.name(), credentials::changedSinceRefusal, feedback::probeSoon);
    }

    private static AttemptLog log(Target target, Feedback feedback) {
        return new AttemptLog(target.name(), feedback);
    }

    /** The servers, as they are now. */
    public Address address() {
        return target.address();
    }

    /** The user of the next log-in. */
    public String user() {
        return target.user();
    }

    /** The name of the database; it may have a fallback. */
    public String database() {
        return target.database();
    }

    /** How log-ins are encrypted. */
    public TlsWish tls() {
        try {
            return TlsWish.of(target.properties(target.database(), Optional.empty(), target.answerLimit()));
        } catch (SQLException unreadable) {
            return new TlsWish(SslMode.PREFER, Optional.empty());
        }
    }

    /** Opens a connection at once, within the limits of {@code request}. The caller closes it. */
    public Connection open(OpenRequest request) throws SQLException {
        return open(logIn, request);
    }

    private Connection open(LogIn how, OpenRequest request) throws SQLException {
        try {
            return how.open(request);
        } catch (NotConnectedException failed) {
            if (failed.kind() == FailureKind.AUTHENTICATION_FAILED) {
                secretWatch.begin();
            }
            throw failed;
        }
    }

    /** The log of a supervisor's attempts, for an {@link OpenRequest}. */
    public AttemptListener log() {
        return log;
    }

    /** A series of attempts that the caller counts, each limited to {@code limit}. */
    public AttemptSeries series(Duration limit) {
        return new AttemptSeries(logIn, log, limit);
    }

    /**
     * A connection for start tasks, to the server itself where its address is set. It has no limit of the server, and only {@link #closeSockets}
     * ends a wait on it.
     *
     * @throws SQLException also where a pooler changes the server process between transactions
     */
    public Connection openForStartTask() throws SQLException {
        return prepared(openDirect(), session -> sessions.prepareStartTask(session, this::openDirect));
    }

    private Connection openDirect() throws SQLException {
        OpenRequest request =
                OpenRequest.of(Purpose.START_TASK, target.connectLimit(), target.answerLimit(), startTaskLog);
        return open(startTaskLogIn, request);
    }

    /**
     * A session beside the pool, which does not wait at the gate. It has the limits of a pooled one and isolation level read committed; the
     * caller bounds each wait further.
     *
     * @param limit limit of the TCP connect, and of each answer during the log-in
     * @param socketMade receives each socket before it connects, so that another thread can close it
     */
    public Connection openForControl(Duration limit, Consumer<Socket> socketMade) throws SQLException {
        OpenRequest request = new OpenRequest(Purpose.CONTROL, limit, limit, socketMade, () -> {}, log);
        return prepared(open(request), sessions::prepareControl);
    }

    /** The same as {@link #getConnection()}: user and password come from the settings, or from the pool that asks. */
    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    /** For the pool: waits at the gate before each attempt, and tries until it has a connection. Throws when the gate ends. */
    @Override
    public Connection getConnection() throws SQLException {
        for (int attempt = 1; ; attempt++) {
            int moves = gate.pass();
            try {
                Connection connection = openForPool();
                poolFailure = null;
                return connection;
            } catch (SQLException failed) {
                poolFailure = failed;
                feedback.probeSoon();
                boolean permanent = PostgresFailures.INSTANCE
                        .classify(failed)
                        .filter(FailureKind::isPermanent)
                        .isPresent();
                gate.rest(permanent ? PERMANENT_PAUSE : PAUSES.delayAfter(attempt, ThreadLocalRandom.current()), moves);
            }
        }
    }

    private Connection openForPool() throws SQLException {
        OpenRequest request = OpenRequest.of(Purpose.POOL, target.connectLimit(), target.answerLimit(), log);
        return prepared(open(request), sessions::preparePooled);
    }

    private interface Preparation {
        void of(Connection session) throws SQLException;
    }

    private static Connection prepared(Connection connection, Preparation how) throws SQLException {
        try {
            how.of(connection);
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    /** Sets the server's limit for statements of this session. */
    public void limitStatements(Connection session, Duration limit) throws SQLException {
        sessions.limitStatements(session, limit);
    }

    /** Whether a pooler stands before the server: then no state may be left in a session. A read of memory. */
    public boolean isPooled() {
        return sessions.arePooled();
    }

    /** Notes that a connection answered from another server process than its log-in named; gives whether that is news. */
    public boolean foundPooler() {
        return sessions.foundPooler();
    }

    /** Why the pool's last log-in failed; empty when it worked. */
    public Optional<SQLException> poolFailure() {
        return Optional.ofNullable(poolFailure);
    }

    /** Opens the gate: the pool may log in. */
    public void admitPool() {
        poolFailure = null;
        gate.open();
    }

    /** Ends the gate, for a pool that is about to close: log-ins that wait there, and all later ones, throw. */
    public void endPool() {
        gate.end();
    }

    /** Shuts the gate: the pool's log-ins wait there. */
    public void holdPool() {
        gate.shut();
    }

    /** Closes the sockets of one purpose, which ends every wait in them. */
    public void closeSockets(Purpose purpose) {
        sockets.close(purpose);
    }

    /** The database name that the first log-in decided for; empty before. */
    public Optional<String> databaseInUse() {
        return names.inUse();
    }

    /** The finding that health reports while the fallback name is in use. */
    public Optional<Finding> nameFinding() {
        return names.finding();
    }

    @Override
    public void close() {
        gate.end();
        secretWatch.end();
        sockets.closeAll();
    }
}
