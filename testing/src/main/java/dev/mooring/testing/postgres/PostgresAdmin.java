package dev.mooring.testing.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Acts on a server as its superuser, to arrange what a test needs. Each call opens a connection of its own, not through a proxy, and closes
 * it. It gives up a frozen server after 30 seconds. It can write on a server that is set to read-only. Thread-safe.
 */
public final class PostgresAdmin {
    private static final String HOME = "postgres";
    private static final int CONNECT_SECONDS = 5;
    private static final int ANSWER_SECONDS = 30;
    private static final Duration RELOAD_LIMIT = Duration.ofSeconds(10);
    private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();

    private final String host;
    private final int port;

    PostgresAdmin(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** The superuser's name. */
    public String user() {
        return Workshop.ADMIN;
    }

    /** The superuser's password; random for each JVM. */
    public String password() {
        return Workshop.ADMIN_PASSWORD;
    }

    /** A data source of connections of the superuser to this database. */
    public DataSource dataSource(String database) {
        PGSimpleDataSource source = source(database);
        source.setOptions("-c default_transaction_read_only=off");
        return source;
    }

    private PGSimpleDataSource source(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(user());
        source.setPassword(password());
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(ANSWER_SECONDS);
        source.setApplicationName("mooring-testing-admin");
        return source;
    }

    /** A connection of the superuser to this database; the caller closes it. */
    public Connection connect(String database) throws SQLException {
        return dataSource(database).getConnection();
    }

    /** Runs one or more statements, separated by semicolons, in the database {@code postgres}. */
    public void execute(String sql) throws SQLException {
        execute(HOME, sql);
    }

    /** Runs one or more statements, separated by semicolons, in this database. */
    public void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row that the query gives in this database, as text; "null" for NULL. */
    public String ask(String database, String query) throws SQLException {
        return ask(dataSource(database), query);
    }

    private static String ask(DataSource source, String query) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            if (!rows.next()) {
                throw new SQLException("no row from: " + query);
            }
            return String.valueOf(rows.getString(1));
        }
    }

    /** Creates a role that may log in with this password and owns nothing. */
    public void createRole(String name, String password) throws SQLException {
        run("CREATE ROLE %I LOGIN PASSWORD %L", name, StoredPassword.of(password));
    }

    /** Gives a role another password; sessions that are open stay open. */
    public void changePassword(String role, String password) throws SQLException {
        run("ALTER ROLE %I PASSWORD %L", role, StoredPassword.of(password));
    }

    /** Creates an empty database that the superuser owns. */
    public void createDatabase(String name) throws SQLException {
        run("CREATE DATABASE %I", name);
    }

    /** Creates an empty database that this role owns. */
    public void createDatabase(String name, String owner) throws SQLException {
        run("CREATE DATABASE %I OWNER %I", name, owner);
    }

    /** Drops a database and ends the sessions in it. */
    public void dropDatabase(String name) throws SQLException {
        run("DROP DATABASE %I WITH (FORCE)", name);
    }

    /** Ends every other session with 57P01, as an administrator would, and returns their number. */
    public int disconnectAll() throws SQLException {
        return Integer.parseInt(ask(
                HOME,
                "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where pid <> pg_backend_pid() and backend_type = 'client backend'"));
    }

    /** How a standby connects to this server. */
    String connectionInfo() {
        return "host=" + host + " port=" + port + " user=" + user() + " password=" + password();
    }

    /** Makes new transactions read-only or not; returns when new sessions see it. */
    void setReadOnly(boolean readOnly) throws SQLException {
        String wanted = readOnly ? "on" : "off";
        execute("alter system set default_transaction_read_only = " + wanted);
        ask(HOME, "select pg_reload_conf()");
        long deadline = System.nanoTime() + RELOAD_LIMIT.toNanos();
        // Without the option that keeps the admin's own sessions writable.
        PGSimpleDataSource asOthers = source(HOME);
        while (!ask(asOthers, "show default_transaction_read_only").equals(wanted)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "the server has not read its configuration again within " + RELOAD_LIMIT);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    void promote() throws SQLException {
        if (!ask(HOME, "select pg_promote(true, 20)").equals("t")) {
            throw new IllegalStateException("the standby was not promoted within 20 s");
        }
    }

    /** Runs a statement; the server itself quotes the names and texts in it. */
    private void run(String template, String... values) throws SQLException {
        String places = ", ?".repeat(values.length);
        try (Connection connection = connect(HOME);
                PreparedStatement format = connection.prepareStatement("select format(?" + places + ")")) {
            format.setString(1, template);
            for (int i = 0; i < values.length; i++) {
                format.setString(i + 2, values[i]);
            }
            try (ResultSet rows = format.executeQuery();
                    Statement statement = connection.createStatement()) {
                rows.next();
                statement.execute(rows.getString(1));
            }
        }
    }
}
