package dev.mooring.cli.docs;

import static org.awaitility.Awaitility.await;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.embedded.machine.Signal;
import dev.mooring.testing.process.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The service as a page starts it, in a folder of the test. */
final class ServedPage implements AutoCloseable {
    static final String FORGED = "192.0.2.66";

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final int port = FreePort.choose();
    private final ChildProcess process;

    private ServedPage(Path folder, Map<String, String> settings) {
        process = ChildProcess.java("dev.mooring.cli.Main", "serve")
                .cleanEnvironment()
                .environment(settings)
                .environment("BIND_ADDRESS", "127.0.0.1")
                .environment("PORT", String.valueOf(port))
                .environment("SHUTDOWN_DRAIN_DELAY", "0")
                .directory(folder)
                .lastSignal(Signal.TERM)
                .start();
    }

    /**
     * Starts the service and returns when it is ready.
     *
     * @throws AssertionError it ended instead
     */
    static ServedPage ready(Path folder, Map<String, String> settings) {
        ServedPage service = new ServedPage(folder, settings);
        try {
            await().atMost(LIMIT).until(() -> {
                if (!service.process.isAlive()) {
                    throw new AssertionError("ended early: " + service.process);
                }
                return service.status("/health/ready", "none") == 200;
            });
            return service;
        } catch (RuntimeException | Error notReady) {
            service.close();
            throw notReady;
        }
    }

    /** What it has printed. */
    List<String> lines() {
        return process.lines();
    }

    /** Its log. */
    List<String> stdout() {
        return process.stdout();
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /** The status of a path, with this key; 0 while no process listens. */
    int status(String path, String key) throws InterruptedException {
        try {
            return CLIENT.send(request(path, key).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    String get(String path, String key) throws IOException, InterruptedException {
        return CLIENT.send(request(path, key).build(), BodyHandlers.ofString()).body();
    }

    HttpResponse<String> post(String path, String key, String json) throws IOException, InterruptedException {
        HttpRequest request = request(path, key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    /** As a client that invents where it comes from. */
    void getWithForgedAddress(String path) throws IOException, InterruptedException {
        HttpRequest request =
                request(path, "none").header("X-Forwarded-For", FORGED).build();
        CLIENT.send(request, BodyHandlers.discarding());
    }

    private HttpRequest.Builder request(String path, String key) {
        return HttpRequest.newBuilder(URI.create(address() + path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + key);
    }

    /** Ends it as an operator does, and returns when it has ended. */
    @Override
    public void close() {
        process.signal(Signal.TERM);
        process.awaitExit(LIMIT);
        process.close();
    }
}
