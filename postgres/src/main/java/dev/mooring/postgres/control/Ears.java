package dev.mooring.postgres.control;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels of notifications that the control connection listens on. Any thread may add one; only the control thread listens and
 * hears.
 */
final class Ears {
    private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);

    private final Map<String, List<Runnable>> channels = new ConcurrentHashMap<>();

    /** The session and the number of channels that {@link #listen} last served; only the control thread uses them. */
    private int session;

    private int listened;

    void add(String channel, Runnable heard) {
        channels.computeIfAbsent(channel, name -> new CopyOnWriteArrayList<>()).add(heard);
    }

    /** Whether the session of this number, zero for none, does not listen yet on all channels. */
    boolean needToListen(int present) {
        return !channels.isEmpty() && (present == 0 || present != session || channels.size() != listened);
    }

    /** Listens on all channels; they count from the commit on. */
    boolean listen(Connection connection) throws SQLException {
        Collection<String> names = List.copyOf(channels.keySet());
        if (isDirect(connection)) {
            try (Statement statement = connection.createStatement()) {
                for (String name : names) {
                    statement.execute("listen " + name);
                }
            }
        } else {
            LOG.debug("a pooler stands before the database and passes no notifications on");
        }
        listened = names.size();
        return true;
    }

    /** The session of this number listens from now on. It may have missed earlier notifications, so this method calls every listener once. */
    void listening(int present) {
        session = present;
        hear(channels.keySet());
    }

    /** Runs the listeners of these channels. */
    void hear(Collection<String> notified) {
        for (String channel : notified) {
            channels.getOrDefault(channel, List.of()).forEach(Ears::tell);
        }
    }

    private static void tell(Runnable heard) {
        try {
            heard.run();
        } catch (RuntimeException | Error failed) {
            LOG.error("what waits for a notification failed", failed);
        }
    }

    /** A pooler has process numbers of its own; a session there keeps nothing, and leaves behind for others what it asks for. */
    private static boolean isDirect(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1) == connection.unwrap(PGConnection.class).getBackendPID();
        }
    }
}
