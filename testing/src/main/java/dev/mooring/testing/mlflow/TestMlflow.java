package dev.mooring.testing.mlflow;

import dev.mooring.embedded.machine.Folders;
import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Signal;
import dev.mooring.embedded.machine.Waiting;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import dev.mooring.testing.process.LastWill;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A real MLflow server of the test's own, with its data in a database of a {@link TestPostgres} and its artifacts in a folder of its own. It
 * keeps its port, data and artifacts over every kill and start. It starts in 4 to 7 s and takes 500 MB.
 *
 * <p>Every call returns when its effect is complete. A call in a wrong state (start a running server, kill a dead one) throws an
 * {@link IllegalStateException}. Thread-safe; calls wait for each other. {@link #close()} ends all processes of the server and deletes its
 * files; so does the end of this JVM, however it ends. The database stays, with its server.
 */
public final class TestMlflow implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_LIMIT)
            .build();

    private final int port;
    private final String database;
    private final Path home;
    private final List<String> command;
    private final Map<String, String> environment;

    /** Guarded by the lock of this object; empty before the first start. */
    private Optional<ChildProcess> process = Optional.empty();

    private TestMlflow(Builder wanted) {
        port = wanted.port.orElseGet(FreePort::choose);
        database = wanted.database();
        home = newHome();
        command = new ArrayList<>(List.of(
                MlflowInstallation.python().toString(), "-m", "mlflow", "server", "--host", HOST, "--port", "" + port));
        command.addAll(List.of("--workers", "1", "--backend-store-uri", wanted.address(database)));
        command.addAll(
                List.of("--artifacts-destination", home.resolve("artifacts").toString()));
        command.addAll(wanted.arguments);
        environment = Map.copyOf(wanted.environment);
    }

    /** A running server with all defaults, on a new database. */
    public static TestMlflow on(TestPostgres postgres) {
        return builder(postgres).start();
    }

    /** Builds a server on a new database, with settings of the test. */
    public static Builder builder(TestPostgres postgres) {
        return new Builder(postgres);
    }

    /** The address that clients take as {@code MLFLOW_TRACKING_URI}. */
    public URI uri() {
        return URI.create("http://" + HOST + ":" + port);
    }

    /** The port that the server listens on when it runs. */
    public int port() {
        return port;
    }

    /** The name of its database. */
    public String database() {
        return database;
    }

    /** The lines that the server printed since its last start. */
    public synchronized List<String> log() {
        return process.map(ChildProcess::lines).orElse(List.of());
    }

    /** Starts the server; returns when it answers. */
    public synchronized void start() {
        if (process.filter(ChildProcess::isAlive).isPresent()) {
            throw new IllegalStateException(this + " runs already");
        }
        ChildProcess started = ChildProcess.command(command)
                .cleanEnvironment()
                .environment(environment)
                .environment("HOME", home.toString())
                .directory(home)
                .lastSignal(Signal.TERM)
                .start();
        process = Optional.of(started);
        Waiting.until(() -> !started.isAlive() || answers(), START_LIMIT);
        if (!answers()) {
            started.close();
            throw new IllegalStateException("MLflow did not start within " + START_LIMIT + ": " + started);
        }
    }

    /** Ends all processes of the server with SIGKILL. */
    public synchronized void kill() {
        running().kill();
    }

    /** Freezes all processes of the server (SIGSTOP): the kernel accepts connections, and the server does not answer. */
    public synchronized void freeze() {
        running().freeze();
    }

    /** Continues the processes after {@link #freeze()}. */
    public synchronized void thaw() {
        running().thaw();
    }

    /** Ends the server in any state and deletes its files. */
    @Override
    public synchronized void close() {
        process.ifPresent(ChildProcess::close);
        try {
            Folders.delete(home);
        } catch (IOException failed) {
            throw new UncheckedIOException("the files of " + this + " are not deleted", failed);
        }
    }

    @Override
    public String toString() {
        return "MLflow on " + HOST + ":" + port;
    }

    private ChildProcess running() {
        return process.filter(ChildProcess::isAlive)
                .orElseThrow(() -> new IllegalStateException(this + " does not run"));
    }

    private boolean answers() {
        HttpRequest health = HttpRequest.newBuilder(uri().resolve("/health"))
                .timeout(ANSWER_LIMIT)
                .build();
        try {
            return CLIENT.send(health, BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + this, interrupted);
        }
    }

    private static Path newHome() {
        try {
            Path home = Files.createTempDirectory("mooring-testing-mlflow-");
            LastWill.delete(home);
            return home;
        } catch (IOException failed) {
            throw new UncheckedIOException("no folder for MLflow", failed);
        }
    }

    /** Builds a server. Not thread-safe. */
    public static final class Builder {
        private final TestPostgres postgres;
        private final List<String> arguments = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>(Map.of(
                // With jobs it starts ten processes, which take 2.3 GB.
                "MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false",
                "MLFLOW_DISABLE_TELEMETRY", "true",
                "GIT_PYTHON_REFRESH", "quiet",
                "PYTHONUTF8", "1"));
        private Optional<Integer> port = Optional.empty();
        private Optional<Integer> databasePort = Optional.empty();
        private Optional<String> database = Optional.empty();

        private Builder(TestPostgres postgres) {
            this.postgres = postgres;
        }

        /** Sets the port; by default a free one. */
        public Builder port(int which) {
            port = Optional.of(which);
            return this;
        }

        /** Sets the loopback port on which MLflow reaches its database, such as that of a proxy; by default that of the server. */
        public Builder databasePort(int which) {
            databasePort = Optional.of(which);
            return this;
        }

        /** Sets the name of its database, which the test has made and which is empty; by default a new one. */
        public Builder database(String name) {
            database = Optional.of(name);
            return this;
        }

        /** Sets a variable of the server's environment. */
        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Adds arguments to the command {@code mlflow server}. */
        public Builder arguments(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        /** Creates the server and its empty database without starting it. */
        public TestMlflow create() {
            return new TestMlflow(this);
        }

        /** Creates and starts the server. */
        public TestMlflow start() {
            TestMlflow server = create();
            try {
                server.start();
                return server;
            } catch (RuntimeException notStarted) {
                server.close();
                throw notStarted;
            }
        }

        private String database() {
            return database.orElseGet(this::newDatabase);
        }

        private String newDatabase() {
            String name = "mlflow_" + UUID.randomUUID().toString().replace("-", "");
            try {
                postgres.admin().createDatabase(name);
                return name;
            } catch (SQLException failed) {
                throw new IllegalStateException("no database for MLflow on " + postgres, failed);
            }
        }

        /** The password of the superuser has no character that an address would have to escape. */
        private String address(String database) {
            return "postgresql+psycopg2://" + postgres.admin().user() + ":"
                    + postgres.admin().password() + "@" + postgres.host() + ":"
                    + databasePort.orElseGet(postgres::port) + "/" + database;
        }
    }
}
