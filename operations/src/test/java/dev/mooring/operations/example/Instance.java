package dev.mooring.operations.example;

import static org.awaitility.Awaitility.await;

import dev.mooring.testing.postgres.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One running instance of the service, in this JVM. */
final class Instance implements AutoCloseable {
    static final String ADMIN_KEY = "the-admin-key";
    static final Duration EVERYWHERE = Duration.ofSeconds(5);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext application;

    private Instance(Map<String, Object> properties) {
        application = new SpringApplicationBuilder(BooksApp.class)
                .properties(properties)
                .run();
    }

    /** Starts one on a database of that name, with an admin key, and with these properties beside the usual ones. */
    static Instance on(TestPostgres server, String database, String... more) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "server.port",
                "0",
                "server.address",
                "127.0.0.1",
                "mooring.service.name",
                "books",
                "mooring.admin-api-key",
                ADMIN_KEY,
                "mooring.shutdown-drain-delay",
                "0",
                "mooring.database.host",
                server.host(),
                "mooring.database.port",
                server.port(),
                "mooring.database.user",
                server.admin().user(),
                "mooring.database.password",
                server.admin().password(),
                "mooring.database.name",
                database));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        Instance instance = new Instance(properties);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> instance.get("/health/ready", "").statusCode() == 200);
        return instance;
    }

    HttpResponse<String> get(String path, String key) throws IOException, InterruptedException {
        return send(request(path, key).GET());
    }

    HttpResponse<String> post(String path, String json, String key) throws IOException, InterruptedException {
        return send(request(path, key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<String> delete(String path, String key) throws IOException, InterruptedException {
        return send(request(path, key).DELETE());
    }

    /** The body of the answer to a GET with the admin key. */
    JsonNode read(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path, ADMIN_KEY);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    JsonNode order(String kind, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = post("/ops/breakers/ranking/" + kind, body, ADMIN_KEY);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    String state() throws IOException, InterruptedException {
        return read("/ops/breakers/ranking").path("state").asString();
    }

    /** Waits until the breaker of "ranking" is in this state here, at most as long as orders may take to arrive; returns how long that took. */
    Duration awaitState(String wanted) {
        long begun = System.nanoTime();
        await().atMost(EVERYWHERE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> state().equals(wanted));
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** A bean of the service. */
    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    private HttpRequest.Builder request(String path, String key) {
        String port = application.getEnvironment().getProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10));
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        application.close();
    }
}
