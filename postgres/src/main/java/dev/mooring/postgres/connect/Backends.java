package dev.mooring.postgres.connect;

import dev.mooring.postgres.settings.DatabaseSettings;
import dev.mooring.postgres.settings.PostgresSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether connections have a server process of their own. A server names its process at the log-in. A pooler names a number of its
 * own there, by which it finds the connection when a client cancels a statement; so the process that answers is another one. Behind a
 * pooler that changes the process after each transaction, the driver's prepared statements would run as those of another client: a commit
 * could run as a read, and the driver would report it as done. Thread-safe.
 */
final class Backends {
    private static final Logger LOG = LoggerFactory.getLogger(Backends.class);
    /** How often two sessions are compared: a pooler may by chance give one of them the same process again. */
    private static final int ROUNDS = 8;

    private static final long PROOF_HOLDS = Duration.ofSeconds(30).toNanos();

    private final PostgresSettings settings;

    /** Whether a connection answered from another process than its log-in named. Never cleared: the safe way also works without a pooler. */
    private final AtomicBoolean pooled = new AtomicBoolean();

    /** The nanosecond until which the last proof counts that sessions keep their processes. Volatile: start tasks write and read it. */
    private volatile long keptUntil = System.nanoTime();

    Backends(PostgresSettings settings) {
        this.settings = settings;
    }

    /** Whether a pooler was found; a read of memory. */
    boolean arePooled() {
        return pooled.get();
    }

    /** Notes that a pooler was found; gives whether that is news. */
    boolean foundPooler() {
        boolean news = pooled.compareAndSet(false, true);
        if (news) {
            LOG.atInfo()
                    .addKeyValue("dependency", settings.name())
                    .addKeyValue("host", settings.server().address().toString())
                    .log(
                            "{}: {} is a pooler. The server keeps no prepared statements, and each transaction sets its own limits",
                            settings.name(),
                            settings.server().address());
        }
        return news;
    }

    /** Whether a new connection has a server process of its own. If so, the server may keep its prepared statements from now on. */
    boolean isOwn(Connection connection) throws SQLException {
        if (arePooled()) {
            return false;
        }
        boolean own = keepsPlans(connection);
        if (!own) {
            var unused = foundPooler();
        }
        return own;
    }

    private boolean keepsPlans(Connection connection) throws SQLException {
        PGConnection driver = connection.unwrap(PGConnection.class);
        boolean own = process(connection) == driver.getBackendPID();
        if (own) {
            driver.setPrepareThreshold(settings.pooler().prepareThreshold());
        }
        return own;
    }

    /**
     * Checks that a connection for a start task keeps one server process. Behind a pooler this compares it with {@code another} connection:
     * if both meet the same process, or the first one meets two, the pooler changes processes between transactions.
     *
     * @throws SQLException when it does; the message names the setting to change and no address, because health shows it
     */
    void requireSession(Connection connection, Sessions.Opener another) throws SQLException {
        if (keepsPlans(connection) || keptUntil - System.nanoTime() > 0) {
            return;
        }
        try (Connection other = another.open()) {
            other.setAutoCommit(false);
            for (int round = 0; round < ROUNDS; round++) {
                int first = process(connection);
                if (process(other) == first || process(connection) != first) {
                    throw new SQLNonTransientConnectionException(
                            "a pooler before the server changes the server process between transactions, and migrations need one"
                                    + " for the whole session: set "
                                    + DatabaseSettings.of(settings.name()).directHost()
                                    + " to the address of the server itself, or let the pooler pool sessions",
                            "0A000");
                }
                other.rollback();
            }
        }
        keptUntil = System.nanoTime() + PROOF_HOLDS;
    }

    private static int process(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
