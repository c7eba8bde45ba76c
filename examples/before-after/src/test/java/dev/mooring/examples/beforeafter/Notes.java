package dev.mooring.examples.beforeafter;

import dev.mooring.Mooring;
import dev.mooring.embedded.EmbeddedPostgres;
import dev.mooring.embedded.machine.FreePort;
import dev.mooring.postgres.Postgres;
import dev.mooring.settings.Setting;
import dev.mooring.spring.postgres.Supervised;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.process.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The application as a process, with the starter or without any module of Mooring on its class path.
 *
 * @param port the port that it listens on
 * @param process the process
 */
record Notes(int port, ChildProcess process) implements AutoCloseable {
    static final String READINESS = "/actuator/health/readiness";

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** One class of each module that the starter brings, and of those that only tests use. */
    private static final Set<Path> OURS = Stream.of(
                    Mooring.class,
                    Setting.class,
                    Postgres.class,
                    Supervised.class,
                    EmbeddedPostgres.class,
                    TestPostgres.class,
                    FreePort.class)
            .map(Notes::place)
            .collect(Collectors.toUnmodifiableSet());

    /** What a client saw. */
    record Reply(int status, Duration took, String body) {
        @Override
        public String toString() {
            String after = took.toMillis() < 1_000
                    ? took.toMillis() + " ms"
                    : String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1e3);
            return (status == 0 ? "no answer" : String.valueOf(status)) + " after " + after;
        }
    }

    static String[] arguments(TestPostgres database, int port) {
        return new String[] {
            "--server.port=" + port,
            "--server.address=127.0.0.1",
            "--spring.datasource.url=" + database.jdbcUrl("postgres"),
            "--spring.datasource.username=" + database.admin().user(),
            "--spring.datasource.password=" + database.admin().password()
        };
    }

    static Notes start(boolean withStarter, TestPostgres database) {
        int port = FreePort.choose();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(withStarter),
                NotesApplication.class.getName()));
        command.addAll(List.of(arguments(database, port)));
        return new Notes(port, ChildProcess.command(command).cleanEnvironment().start());
    }

    private static String classPath(boolean withStarter) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(element -> !element.isEmpty())
                .filter(element ->
                        withStarter || !OURS.contains(Path.of(element).toAbsolutePath()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path place(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toAbsolutePath();
    }

    /** Asks once; status 0 if there is no answer. */
    Reply ask(String path) {
        long begun = System.nanoTime();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(LONGEST_ANSWER)
                .build();
        try {
            HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
            return new Reply(answer.statusCode(), since(begun), answer.body());
        } catch (IOException noAnswer) {
            return new Reply(0, since(begun), "");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    boolean isReady() {
        return ask(READINESS).status() == 200;
    }

    /** Waits; gives how long it took. */
    static Duration awaited(BooleanSupplier condition, Duration limit) {
        long begun = System.nanoTime();
        Awaitility.await().atMost(limit).pollInterval(Duration.ofMillis(50)).until(condition::getAsBoolean);
        return since(begun);
    }

    static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Override
    public void close() {
        process.close();
    }
}
