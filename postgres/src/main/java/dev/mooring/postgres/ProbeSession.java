package dev.mooring.postgres;

import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection on which probes ask. One thread at a time uses it; any thread may call {@link #abort}. */
final class ProbeSession {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeSession.class);
    /** Takes one round trip and reads system catalogs only. */
    private static final String QUESTION =
            "select current_setting('transaction_read_only') = 'on', pg_is_in_recovery(), pg_backend_pid(), ";

    private static final String RIGHTS = "select " + Aftermath.rightsExpression();

    /** One statement, so one transaction: it takes 256 kB of the disk, and gives them back at its end. */
    private static final String TAKE_ROOM = "do $$ begin create temp table mooring_room on commit drop as"
            + " select pg_catalog.repeat('x', 1000) from pg_catalog.generate_series(1, 256); end $$";

    private final Connection connection;
    private final Socket socket;
    private final Footprint footprint;
    private final boolean forReading;
    private final String place;
    private boolean pooled;

    private ProbeSession(Connection connection, Socket socket, Footprint footprint, boolean forReading, String place) {
        this.connection = connection;
        this.socket = socket;
        this.footprint = footprint;
        this.forReading = forReading;
        this.place = place;
    }

    /** The session of a connection that was just opened; closes the connection when it fails. */
    static ProbeSession on(Connection connection, Socket socket, Footprint footprint, boolean forReading)
            throws SQLException {
        try {
            return new ProbeSession(connection, socket, footprint, forReading, footprint.place(connection));
        } catch (SQLException failed) {
            close(connection);
            throw failed;
        }
    }

    /** The role of the server at the moment. */
    enum Role {
        /** It takes writes, or the application wants none. */
        WRITABLE,
        READ_ONLY,
        STANDBY
    }

    /**
     * What the server answered.
     *
     * @param role its role
     * @param unreadable the tables that the user may not read, in words; empty when it may read all
     * @param unwritable the writes that the user may not make, in words that follow "may not"; empty for a server that takes no writes
     * @param unprepared why the start tasks have to run again. Empty for a server that takes no writes: a task would fail there, and a
     *     standby may only lag behind
     */
    record Answer(Role role, Optional<String> unreadable, Optional<String> unwritable, Optional<String> unprepared) {}

    Answer ask() throws SQLException {
        String expression = footprint.traces();
        String question = QUESTION + expression + ", " + footprint.unreadable() + ", "
                + (forReading ? "null::text" : footprint.unwritable());
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            pooled |= row.getInt(3) != connection.unwrap(PGConnection.class).getBackendPID();
            Optional<String> unreadable = Optional.ofNullable(row.getString(5));
            if ((row.getBoolean(1) || row.getBoolean(2)) && !forReading) {
                Role role = row.getBoolean(2) ? Role.STANDBY : Role.READ_ONLY;
                return new Answer(role, unreadable, Optional.empty(), Optional.empty());
            }
            String traces = Objects.requireNonNullElse(row.getString(4), "");
            return new Answer(
                    Role.WRITABLE,
                    unreadable,
                    Optional.ofNullable(row.getString(6)),
                    footprint.missing(place, expression, traces));
        }
    }

    /** A text that changes with the rights in the database; empty where the server does not say. */
    Optional<String> rights() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(RIGHTS)) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        } catch (SQLException unknown) {
            LOG.debug("asking for rights", unknown);
            return Optional.empty();
        }
    }

    /** Whether the server's disk has room for 256 kB; false where the user may not try that. */
    boolean hasRoom() {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TAKE_ROOM);
            return true;
        } catch (SQLException refused) {
            LOG.debug("trying the room on the server's disk", refused);
            return false;
        }
    }

    /** Whether an answer came from another server process than the log-in named. */
    boolean isPooled() {
        return pooled;
    }

    /** Closes the socket from another thread, which frees the thread that waits for an answer. */
    void abort() throws java.io.IOException {
        socket.close();
    }

    void close() {
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("closing a probe's connection", e);
        }
    }
}
