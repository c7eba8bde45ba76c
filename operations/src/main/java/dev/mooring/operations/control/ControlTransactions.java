package dev.mooring.operations.control;

import dev.mooring.postgres.control.ControlConnection;
import dev.mooring.postgres.control.ControlUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Transactions on the {@link ControlConnection}, for work that is written with Spring's {@link JdbcClient}. All work runs on the
 * control thread, one transaction after the other, so it must be quick. Thread-safe.
 */
public final class ControlTransactions {
    private final ControlConnection connection;
    private final SQLExceptionTranslator translator = new SQLExceptionSubclassTranslator();

    public ControlTransactions(ControlConnection connection) {
        this.connection = connection;
    }

    /**
     * Does the work in one transaction and waits for it, at most {@code limit}, cut to the deadline of this thread. Commits when the
     * work returns, and rolls back when it throws; what it throws reaches the caller.
     *
     * @throws ControlUnavailableException the database is away or did not do the work in time
     * @throws MissingTables the database lacks a table or a column of operations
     * @throws DataAccessException the database refused the work: a constraint, for example
     */
    public <T> T call(Function<JdbcClient, T> work, Duration limit) {
        return transact((session, database) -> work.apply(database), limit);
    }

    /** The same for work that uses the connection itself too. */
    public <T> T transact(Work<T> work, Duration limit) {
        Map<String, String> context = MDC.getCopyOfContextMap();
        try {
            return connection.call(session -> applied(work, session, context == null ? Map.of() : context), limit);
        } catch (SQLException refused) {
            DataAccessException known = translator.translate("control connection", null, refused);
            throw known == null
                    ? new UncategorizedSQLException("control connection", null, refused)
                    : unlessMissing(known);
        }
    }

    /** Work in one transaction, which it neither commits nor rolls back. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does the work; {@code database} works on {@code session}. */
        T on(Connection session, JdbcClient database) throws SQLException;
    }

    /** Statements here are those of operations: one that misses a table tells something else than one of the application. */
    private static <T> T applied(Work<T> work, Connection session, Map<String, String> context) throws SQLException {
        // So the lines of the work name the request that it serves.
        MDC.setContextMap(context);
        try {
            return work.on(session, client(session));
        } catch (DataAccessException refused) {
            throw unlessMissing(refused);
        } finally {
            MDC.clear();
        }
    }

    private static DataAccessException unlessMissing(DataAccessException refused) {
        return SchemaMissing.isBehind(refused) ? new MissingTables(refused) : refused;
    }

    /** Repeats {@code task} as {@link ControlConnection#every} does; {@code name} is the name of the task in the log. */
    public void every(Duration period, String name, Consumer<JdbcClient> task) {
        connection.every(period, name, session -> task.accept(client(session)));
    }

    /** A client that never closes {@code session}, because the next transaction needs it. */
    private static JdbcClient client(Connection session) {
        return JdbcClient.create(new SingleConnectionDataSource(session, true));
    }
}
