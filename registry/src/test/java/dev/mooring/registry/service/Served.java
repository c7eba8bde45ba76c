package dev.mooring.registry.service;

import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Signal;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import dev.mooring.testing.redis.TestRedis;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The service as a process of its own, with nothing in its environment but what a test says. */
public final class Served implements AutoCloseable {
    static final String ADMIN_KEY = "black-box-key";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final List<String> QUICK = Program.quick();
    /** Whether every service whose test says nothing of Redis has one. */
    private static final boolean WITH_REDIS = Boolean.getBoolean("mooring.test.redis");

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The Redis of all such services of this JVM. */
    private static final class Beside {
        static final TestRedis REDIS = TestRedis.started();
    }

    private final int port;
    private final ChildProcess process;
    private final long begun = System.nanoTime();

    private Served(int port, ChildProcess process) {
        this.port = port;
        this.process = process;
    }

    /** Starts one with these variables; on a free port if they name none, and without the drain delay unless they give it. */
    public static Served with(Map<String, String> variables) {
        return started(QUICK, variables, Path.of("").toAbsolutePath());
    }

    /** The same, but the lines that it runs count for the coverage if it is stopped in order. It starts half as fast. */
    static Served counted(Map<String, String> variables) {
        return started(Program.counted(), variables, Path.of("").toAbsolutePath());
    }

    private static Served started(List<String> command, Map<String, String> variables, Path directory) {
        Map<String, String> environment = new HashMap<>(variables);
        int port = Integer.parseInt(environment.computeIfAbsent("PORT", name -> String.valueOf(FreePort.choose())));
        environment.putIfAbsent("SHUTDOWN_DRAIN_DELAY", "0");
        if (WITH_REDIS && environment.keySet().stream().noneMatch(name -> name.matches("(REDIS|QUEUE)_.*"))) {
            environment.put("REDIS_URL", Beside.REDIS.url());
        }
        return new Served(
                port,
                ChildProcess.command(command)
                        .cleanEnvironment()
                        .environment(environment)
                        .directory(directory)
                        .lastSignal(Signal.TERM)
                        .start());
    }

    /** Starts one in this working directory, with these variables. */
    static Served in(Path directory, Map<String, String> variables) {
        return started(QUICK, variables, directory);
    }

    /** The variables of a service on {@code server} with the admin key {@value #ADMIN_KEY}; the caller may change them. */
    public static Map<String, String> variablesOf(TestPostgres server) {
        return new HashMap<>(Map.of(
                "DATABASE_HOST", server.host(),
                "DATABASE_PORT", String.valueOf(server.port()),
                "DATABASE_USER", server.admin().user(),
                "DATABASE_PASSWORD", server.admin().password(),
                "BIND_ADDRESS", "127.0.0.1",
                "ADMIN_API_KEY", ADMIN_KEY));
    }

    /** Starts one on the embedded database in {@code home}. */
    static Served onEmbedded(Path home) {
        return with(Map.of("MOORING_HOME", home.toString()));
    }

    /** Time since a reading of the monotonic clock. */
    static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /** Prints a figure for the record. */
    static void measured(String what, Duration took, String atMost) {
        System.out.println("measured " + what + ": " + took.toMillis() + " ms (at most " + atMost + ")");
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    ChildProcess process() {
        return process;
    }

    /** Time since it was started. */
    Duration age() {
        return since(begun);
    }

    /** Returns as soon as it is ready. */
    public Served awaitReady() {
        return awaitStatus("/health/ready", 200);
    }

    Served awaitLive() {
        return awaitStatus("/health/live", 200);
    }

    /** Returns as soon as the answer to a path has this status. */
    Served awaitStatus(String path, int status) {
        await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("ended early: " + process);
            }
            return status(path) == status;
        });
        return this;
    }

    /** The status of a path; 0 while no process listens. */
    int status(String path) {
        try {
            return get(path).statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    HttpResponse<String> get(String path, String... headers) throws IOException {
        return send(request(path, headers).GET());
    }

    /** Posts a JSON document. */
    public HttpResponse<String> post(String path, String json, String... headers) throws IOException {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<String> delete(String path, String... headers) throws IOException {
        return send(request(path, headers).DELETE());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** Asks it to stop, as an orchestrator does; gives its exit code. */
    int stop() {
        process.signal(Signal.TERM);
        return process.awaitExit(STOP_LIMIT);
    }

    /** Kills the service and nothing else: its embedded server lives on. */
    void kill() {
        process.signal(Signal.KILL);
        process.awaitExit(STOP_LIMIT);
    }

    @Override
    public void close() {
        process.close();
    }

    @Override
    public String toString() {
        return process.toString();
    }
}
