package dev.mooring.benchmarks.mlflow;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A server with MLflow's registry interface. Thread-safe. */
final class Registry {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String name;
    private final URI base;

    Registry(String name, URI server) {
        this.name = name;
        this.base = server.resolve("/api/2.0/mlflow/");
    }

    /** Sends a JSON document; gives the time until the whole answer was there, in nanoseconds. */
    long write(String method, String path, String json) {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json)));
    }

    /** Reads; gives the time until the whole answer was there, in nanoseconds. */
    long read(String pathAndQuery) {
        return send(HttpRequest.newBuilder(base.resolve(pathAndQuery)));
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private long send(HttpRequest.Builder request) {
        long begun = System.nanoTime();
        try {
            HttpResponse<String> answer = client.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
            long took = System.nanoTime() - begun;
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        name + " answered " + answer.statusCode() + " to " + answer.uri() + ": " + answer.body());
            }
            return took;
        } catch (IOException failed) {
            throw new IllegalStateException(name + " gave no answer", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " was asked", interrupted);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
