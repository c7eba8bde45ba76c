package dev.mooring.registry.service;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Connections that all break just before a statement or commit, as if the process were killed there: the calling thread gets an
 * {@link Error}, which no retry catches. Counts what changes something, over all connections: between two of those a kill leaves the same
 * database.
 */
final class KilledAtStatement implements DataSource {
    private static final List<String> READS = List.of("select", "set ", "show", "reset");

    private final DataSource real;
    private final int deadly;
    private final List<Connection> open = new CopyOnWriteArrayList<>();
    private int statements;
    private boolean killed;

    KilledAtStatement(DataSource real, int deadly) {
        this.real = real;
        this.deadly = deadly;
    }

    boolean hasKilled() {
        return killed;
    }

    @Override
    public Connection getConnection() throws SQLException {
        dieIfKilled();
        Connection connection = real.getConnection();
        open.add(connection);
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().equals("commit")) {
                count();
            }
            Object result = invoke(() -> method.invoke(connection, arguments));
            return result instanceof Statement statement
                    ? proxy(method.getReturnType(), (made, each, values) -> {
                        if (each.getName().startsWith("execute") && changes(text(values, arguments))) {
                            count();
                        }
                        return invoke(() -> each.invoke(statement, values));
                    })
                    : result;
        });
    }

    /** The text of a statement: that of the execution, or that with which it was prepared. */
    private static String text(Object[] executed, Object[] prepared) {
        boolean own = executed != null && executed.length > 0;
        return own ? String.valueOf(executed[0]) : prepared == null ? "" : String.valueOf(prepared[0]);
    }

    private static boolean changes(String sql) {
        String lower = sql.toLowerCase(Locale.ROOT).strip();
        return READS.stream().noneMatch(lower::startsWith);
    }

    private synchronized void count() throws SQLException {
        statements++;
        if (statements == deadly) {
            killed = true;
            for (Connection connection : open) {
                connection.abort(Runnable::run);
            }
        }
    }

    private void dieIfKilled() {
        if (killed) {
            throw new Killed();
        }
    }

    private Object invoke(Call call) throws Throwable {
        dieIfKilled();
        try {
            return call.run();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Ends the thread; after an exception Flyway would try ten times, once a second. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed() {
            super("killed");
        }
    }

    @FunctionalInterface
    private interface Call {
        Object run() throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(KilledAtStatement.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setLoginTimeout(int seconds) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return real.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return real.isWrapperFor(type);
    }
}
