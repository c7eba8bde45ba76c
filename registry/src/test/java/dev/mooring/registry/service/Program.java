package dev.mooring.registry.service;

import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.Folders;
import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Signal;
import dev.mooring.testing.process.ChildProcess;
import dev.mooring.testing.process.ClassArchive;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The service as a command: quick, from an archive of classes that the first test of a build makes, or counted. */
final class Program {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private Program() {}

    /** The command, without arguments. Its lines do not count for the coverage. */
    static List<String> quick() {
        return ClassArchive.of(Path.of("target", "class-archive").toAbsolutePath(), ServeMain.class, Program::run)
                .command();
    }

    /** The same from the folders of classes, and with the agent that counts covered lines, where this JVM has one. */
    static List<String> counted() {
        Stream<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-XX:") || option.startsWith("-javaagent:"));
        // An empty element would mean the working directory.
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(element -> !element.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
        return Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        options,
                        Stream.of("-cp", classPath, ServeMain.class.getName()))
                .flatMap(part -> part)
                .toList();
    }

    /** A start on the embedded database, a few calls, and an ordinary end. */
    private static void run(ChildProcess.Builder program) throws IOException, InterruptedException {
        int port = FreePort.choose();
        Path home = Files.createTempDirectory("mooring-class-archive");
        try (ChildProcess process = program.cleanEnvironment()
                .environment(Map.of(
                        "MOORING_HOME", home.toString(), "PORT", String.valueOf(port), "SHUTDOWN_DRAIN_DELAY", "0"))
                .start()) {
            await().atMost(LIMIT).until(() -> !process.isAlive() || status(port, "/health/ready") == 200);
            for (String path : List.of("/health/detailed", "/metrics", "/models", "/ops/queues")) {
                status(port, path);
            }
            process.signal(Signal.TERM);
            process.awaitExit(LIMIT);
        } finally {
            Folders.delete(home);
        }
    }

    private static int status(int port, String path) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }
}
