package dev.mooring.messages;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * The connections of one relay, which die together after a number of calls: as with kill -9 the server rolls back what is not committed, and
 * nothing reaches it any more. A commit that is the last call was made, and its answer is lost.
 */
final class MortalDatabase {
    private final DataSource source;
    private final AtomicInteger callsLeft;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean dead;

    MortalDatabase(DataSource source, int calls) {
        this.source = source;
        this.callsLeft = new AtomicInteger(calls);
    }

    boolean isDead() {
        return dead;
    }

    void die() {
        dead = true;
        for (Connection connection : open) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException ignored) {
                // It is dead already.
            }
        }
    }

    DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("getConnection")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return connect();
                });
    }

    private Connection connect() throws SQLException {
        live();
        Connection real = source.getConnection();
        open.add(real);
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        open.remove(real);
                        real.close();
                        return null;
                    }
                    live();
                    boolean last = callsLeft.decrementAndGet() < 0;
                    if (last && !method.getName().equals("commit")) {
                        die();
                        live();
                    }
                    try {
                        Object result = method.invoke(real, arguments);
                        if (last) {
                            die();
                            live();
                        }
                        return result;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private void live() throws SQLException {
        if (dead) {
            throw new SQLTransientConnectionException("this process is dead", "08006");
        }
    }
}
