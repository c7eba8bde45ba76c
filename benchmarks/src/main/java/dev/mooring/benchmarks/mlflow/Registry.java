package dev.mooring.benchmarks.mlflow;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/** A server with MLflow's registry interface. Its connections stay open from call to call. Thread-safe. */
final class Registry {
    private static final String BASE = "/api/2.0/mlflow/";

    private final Deque<KeptConnection> idle = new ConcurrentLinkedDeque<>();
    private final String name;
    private final URI server;

    Registry(String name, URI server) {
        this.name = name;
        this.server = server;
    }

    /** Sends a JSON document; gives the time until the whole answer was there, in nanoseconds. */
    long write(String method, String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String head =
                head(method, path) + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        return send(path, head + json);
    }

    /** Reads; gives the time until the whole answer was there, in nanoseconds. */
    long read(String pathAndQuery) {
        return send(pathAndQuery, head("GET", pathAndQuery) + "\r\n");
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private String head(String method, String path) {
        return method + " " + BASE + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nAccept: */*\r\n";
    }

    private long send(String path, String request) {
        byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
        try {
            KeptConnection connection = connection();
            long begun = System.nanoTime();
            KeptConnection.Answer answer = connection.call(bytes);
            long took = System.nanoTime() - begun;
            if (answer.status() != 200) {
                throw new IllegalStateException(
                        name + " answered " + answer.status() + " to " + path + ": " + answer.body());
            }
            keep(connection, answer);
            return took;
        } catch (IOException failed) {
            throw new IllegalStateException(name + " gave no answer to " + path, failed);
        }
    }

    private KeptConnection connection() throws IOException {
        for (KeptConnection kept = idle.poll(); kept != null; kept = idle.poll()) {
            if (kept.isFresh()) {
                return kept;
            }
            kept.close();
        }
        return new KeptConnection(server);
    }

    private void keep(KeptConnection connection, KeptConnection.Answer answer) throws IOException {
        if (answer.last()) {
            connection.close();
        } else {
            idle.push(connection);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
