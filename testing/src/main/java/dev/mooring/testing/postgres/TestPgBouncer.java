package dev.mooring.testing.postgres;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Signal;
import dev.mooring.embedded.machine.Unprivileged;
import dev.mooring.testing.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * PgBouncer before a {@link TestPostgres}, from the system's package. Clients log in with passwords (SCRAM). A test can kill, freeze and
 * restart it, each time on the same port. {@link #close()} ends the process; so does the end of this JVM. The files lie in the directory
 * that this JVM deletes at its end. Not thread-safe.
 */
public final class TestPgBouncer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final List<Path> PLACES = List.of(Path.of("/usr/sbin/pgbouncer"), Path.of("/usr/bin/pgbouncer"));

    private final int port = FreePort.choose();
    private final Path home = Workshop.newHome();
    private final String servers;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private ChildProcess process;

    private TestPgBouncer(TestPostgres server, Mode mode, int poolSize, Map<String, String> users) {
        servers = "* = host=" + server.host() + " port=" + server.port();
        settings.put("listen_addr", HOST);
        settings.put("listen_port", String.valueOf(port));
        settings.put("unix_socket_dir", "");
        settings.put("auth_type", "scram-sha-256");
        settings.put("auth_file", home.resolve("users").toString());
        settings.put("pool_mode", mode.word);
        settings.put("default_pool_size", String.valueOf(poolSize));
        settings.put("server_login_retry", "1");
        settings.put("max_client_conn", "300");
        write(
                "users",
                users.entrySet().stream()
                        .map(user -> "\"" + user.getKey() + "\" \"" + user.getValue() + "\"")
                        .toList());
        process = started();
    }

    private void write(String file, List<String> lines) {
        try {
            Files.write(home.resolve(file), lines);
        } catch (IOException failed) {
            throw new UncheckedIOException("no settings for PgBouncer in " + home, failed);
        }
    }

    private ChildProcess started() {
        List<String> lines = new ArrayList<>(List.of("[databases]", servers, "[pgbouncer]"));
        settings.forEach((name, value) -> lines.add(name + " = " + value));
        write("pgbouncer.ini", lines);
        ChildProcess begun = ChildProcess.command(Unprivileged.command(List.of(
                        program().toString(), home.resolve("pgbouncer.ini").toString())))
                .lastSignal(Signal.TERM)
                .start();
        try {
            begun.awaitPort(port, START_LIMIT);
        } catch (AssertionError notStarted) {
            begun.close();
            throw notStarted;
        }
        return begun;
    }

    /** How long a client keeps its server process. */
    public enum Mode {
        /** As long as the client is connected. */
        SESSION("session"),
        /** Until the end of a transaction. */
        TRANSACTION("transaction");

        private final String word;

        Mode(String word) {
            this.word = word;
        }
    }

    /** Whether this machine has PgBouncer, for tests that run only there. */
    public static boolean isInstalled() {
        return PLACES.stream().anyMatch(Files::isExecutable);
    }

    /**
     * A running PgBouncer.
     *
     * @param poolSize most server processes for one user and database
     * @param users the passwords of the users that may log in
     */
    public static TestPgBouncer before(TestPostgres server, Mode mode, int poolSize, Map<String, String> users) {
        return new TestPgBouncer(server, mode, poolSize, users);
    }

    /** The numeric loopback address that it listens on. */
    public String host() {
        return HOST;
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** Changes a setting of its configuration file; the next {@link #start()} reads it. */
    public void set(String name, String value) {
        settings.put(name, value);
    }

    /** Starts it again, after {@link #kill()}. */
    public void start() {
        if (process.isAlive()) {
            throw new IllegalStateException("it runs already: " + this);
        }
        process = started();
    }

    /** Ends it with SIGKILL: the connections of its clients and to the server break. */
    public void kill() {
        process.kill();
    }

    /** Freezes it (SIGSTOP): the kernel accepts connections, and it does not answer. */
    public void freeze() {
        process.freeze();
    }

    /** Continues it after {@link #freeze()}. */
    public void thaw() {
        process.thaw();
    }

    private static Path program() {
        return PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no PgBouncer in " + PLACES));
    }

    @Override
    public void close() {
        process.close();
    }

    /** The last lines of its log. */
    @Override
    public String toString() {
        return process.toString();
    }
}
