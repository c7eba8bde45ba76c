package dev.mooring.postgres.connect;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.UtilityElf;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Sessions that stay as the server, the driver and the application's pool make them. HikariCP prepares those of the pool; those of start
 * tasks get the same here. Immutable.
 */
final class GivenSessions implements Sessions {
    private final GivenPool given;

    GivenSessions(GivenPool given) {
        this.given = given;
    }

    /** Replaces the limit of answers during the log-in by that of statements. */
    @Override
    public void preparePooled(Connection session) throws SQLException {
        session.setNetworkTimeout(Runnable::run, (int) given.socketLimit().toMillis());
    }

    @Override
    public void prepareControl(Connection session) {}

    /** In the order of HikariCP. */
    @Override
    public void prepareStartTask(Connection session, Opener another) throws SQLException {
        HikariConfig look = given.pool();
        preparePooled(session);
        session.setReadOnly(look.isReadOnly());
        session.setAutoCommit(look.isAutoCommit());
        int isolation = UtilityElf.getTransactionIsolation(look.getTransactionIsolation());
        if (isolation >= 0) {
            session.setTransactionIsolation(isolation);
        }
        if (look.getCatalog() != null) {
            session.setCatalog(look.getCatalog());
        }
        if (look.getSchema() != null) {
            session.setSchema(look.getSchema());
        }
        if (look.getConnectionInitSql() != null) {
            try (Statement statement = session.createStatement()) {
                statement.execute(look.getConnectionInitSql());
            }
        }
        if (!look.isAutoCommit()) {
            // A roll-back of the task would undo it.
            session.commit();
        }
    }

    @Override
    public boolean arePooled() {
        return false;
    }

    /** False: nothing depends on it, because sessions get no state of ours. */
    @Override
    public boolean foundPooler() {
        return false;
    }

    @Override
    public void limitStatements(Connection session, Duration limit) {}
}
