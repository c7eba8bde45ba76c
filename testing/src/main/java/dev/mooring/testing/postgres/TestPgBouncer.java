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
import java.util.List;
import java.util.Map;

/**
 * PgBouncer before a {@link TestPostgres}, from the system's package. Clients log in with passwords (SCRAM). {@link #close()} ends the
 * process; so does the end of this JVM. The files lie in the directory that this JVM deletes at its end.
 */
public final class TestPgBouncer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final List<Path> PLACES = List.of(Path.of("/usr/sbin/pgbouncer"), Path.of("/usr/bin/pgbouncer"));

    private final int port = FreePort.choose();
    private final ChildProcess process;

    private TestPgBouncer(TestPostgres server, Mode mode, int poolSize, Map<String, String> users) {
        Path home = Workshop.newHome();
        List<String> settings = new ArrayList<>(List.of(
                "[databases]",
                "* = host=" + server.host() + " port=" + server.port(),
                "[pgbouncer]",
                "listen_addr = " + HOST,
                "listen_port = " + port,
                "unix_socket_dir =",
                "auth_type = scram-sha-256",
                "auth_file = " + home.resolve("users"),
                "pool_mode = " + mode.word,
                "default_pool_size = " + poolSize,
                "server_login_retry = 1",
                "max_client_conn = 300"));
        List<String> logIns = users.entrySet().stream()
                .map(user -> "\"" + user.getKey() + "\" \"" + user.getValue() + "\"")
                .toList();
        try {
            Files.write(home.resolve("pgbouncer.ini"), settings);
            Files.write(home.resolve("users"), logIns);
        } catch (IOException failed) {
            throw new UncheckedIOException("no settings for PgBouncer in " + home, failed);
        }
        process = ChildProcess.command(Unprivileged.command(List.of(
                        program().toString(), home.resolve("pgbouncer.ini").toString())))
                .lastSignal(Signal.TERM)
                .start();
        try {
            process.awaitPort(port, START_LIMIT);
        } catch (AssertionError notStarted) {
            process.close();
            throw notStarted;
        }
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
