package dev.mooring.examples.flow;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Signal;
import dev.mooring.profiles.Profile;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import dev.mooring.testing.process.ClassArchive;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * One of the four services, as a process.
 *
 * @param port the port that it listens on
 * @param process the process
 */
record FlowProcess(int port, ChildProcess process) implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** The program, with an archive of the classes that it loads, so that its start takes half the processor time. */
    static List<String> program() {
        return ClassArchive.of(
                        Path.of("target", "class-archive").toAbsolutePath(), FlowService.class, FlowProcess::train)
                .command();
    }

    private static void train(ChildProcess.Builder program) {
        int port = FreePort.choose();
        try (TestPostgres database = TestPostgres.started();
                ChildProcess process = program.environment(environment(database, port))
                        .environment("SERVICE", "orders")
                        .start()) {
            process.awaitPort(port, LIMIT);
            process.signal(Signal.TERM);
            process.awaitExit(LIMIT);
        }
    }

    static FlowProcess start(List<String> program, Service service, TestPostgres database) {
        List<String> command = new ArrayList<>(program);
        command.add(service.toString());
        int port = FreePort.choose();
        return new FlowProcess(
                port,
                ChildProcess.command(command)
                        .cleanEnvironment()
                        .environment(environment(database, port))
                        .start());
    }

    private static Map<String, String> environment(TestPostgres database, int port) {
        return Map.of(
                "PORT", String.valueOf(port),
                "MOORING_BIND_ADDRESS", "127.0.0.1",
                "MOORING_SHUTDOWN_DRAIN_DELAY", "0",
                "DATABASE_HOST", database.host(),
                "DATABASE_PORT", String.valueOf(database.port()),
                "DATABASE_USER", database.admin().user(),
                "DATABASE_PASSWORD", database.admin().password(),
                "DATABASE_NAME", Profile.FLOW.database());
    }

    /** Waits until the path answers with this status; fails at once if the process ends. */
    void await(String path, int status, Duration limit) {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        Awaitility.await(path + " of " + process)
                .atMost(limit)
                .ignoreExceptions()
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError(process.toString());
                    }
                    return client.send(request, BodyHandlers.discarding()).statusCode() == status;
                });
    }

    /** Ends it as a supervisor does; gives the exit code. */
    int stop() {
        process.signal(Signal.TERM);
        return process.awaitExit(LIMIT);
    }

    @Override
    public void close() {
        process.close();
    }
}
