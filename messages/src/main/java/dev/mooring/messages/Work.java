package dev.mooring.messages;

import dev.mooring.postgres.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work in one transaction of its own. May run several times, each time after a roll-back. */
@FunctionalInterface
public interface Work<T> {
    /** How often work is done at most that the server rolls back because of conflicts. */
    int MOST = 20;

    T on(Connection connection) throws SQLException;

    /** Does the work in a transaction and commits it; again when a conflict with another transaction rolled it back. */
    static <T> T transact(DataSource database, Work<T> work) throws SQLException {
        return repeat(database, connection -> once(connection, work));
    }

    /**
     * The same for work of one round trip, which is a transaction by itself: the server commits at its end, so beginning and committing cost
     * no round trip. What the work does after its first statement is outside of that transaction. Only for work that may be committed after
     * its caller gave it up, because its server was frozen.
     */
    static <T> T atOnce(DataSource database, Work<T> work) throws SQLException {
        return repeat(database, connection -> {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(true);
            T result = work.on(connection);
            connection.setAutoCommit(before);
            return result;
        });
    }

    private static <T> T repeat(DataSource database, Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = database.getConnection()) {
                return work.on(connection);
            } catch (SQLException | RuntimeException failed) {
                if (attempt == MOST || !Postgres.isRolledBackByConflict(failed)) {
                    throw failed;
                }
            }
        }
    }

    private static <T> T once(Connection connection, Work<T> work) throws SQLException {
        boolean before = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            T result = work.on(connection);
            connection.commit();
            connection.setAutoCommit(before);
            return result;
        } catch (Throwable failed) {
            undo(connection, failed);
            throw failed;
        }
    }

    /** A connection that cannot be rolled back is broken; the pool discards it. */
    private static void undo(Connection connection, Throwable failed) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            Logger log = LoggerFactory.getLogger(Relay.class);
            log.debug("rolling back after {}", failed.toString(), broken);
        }
    }
}
