package dev.mooring.examples.flow;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the four services. Thread-safe. */
final class Customer {
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Service, Integer> ports;

    /** @param ports the port of each service on this machine */
    Customer(Map<Service, Integer> ports) {
        this.ports = Map.copyOf(ports);
    }

    int port(Service service) {
        return ports.getOrDefault(service, 0);
    }

    /** What a service answered. */
    record Reply(int status, JsonNode body) {
        String code() {
            return body.path("code").asString("");
        }
    }

    Reply get(Service service, String path) throws IOException, InterruptedException {
        return send(request(service, path));
    }

    Reply post(Service service, String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(service, path).POST(BodyPublishers.ofString(body));
        request.header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** The id of a new user. */
    UUID newUser(long creditCents) throws IOException, InterruptedException {
        String body = "{\"email\":\"%s@example.org\",\"credit_cents\":%d}".formatted(UUID.randomUUID(), creditCents);
        return id(post(Service.USERS, "/users", body));
    }

    /** Places an order of 1 cent; gives its id. */
    UUID order(UUID user) throws IOException, InterruptedException {
        return id(post(Service.ORDERS, "/orders", orderOf(user, 1)));
    }

    static String orderOf(UUID user, long amountCents) {
        return "{\"user_id\":\"%s\",\"item\":\"a book\",\"amount_cents\":%d}".formatted(user, amountCents);
    }

    /** Whether the order is paid, once, and its user knows. */
    boolean isDone(UUID order) throws IOException, InterruptedException {
        String ofOrder = "?order_id=" + order;
        return get(Service.ORDERS, "/orders/" + order)
                        .body()
                        .path("status")
                        .asString("")
                        .equals("paid")
                && get(Service.PAYMENTS, "/payments" + ofOrder)
                                .body()
                                .path("payments")
                                .size()
                        == 1
                && get(Service.NOTIFICATIONS, "/notifications" + ofOrder)
                                .body()
                                .path("notifications")
                                .size()
                        == 1;
    }

    /** The status of a health path; 0 if there is no answer. */
    int status(Service service, String path) throws InterruptedException {
        try {
            return client.send(request(service, path).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException noAnswer) {
            return 0;
        }
    }

    private static UUID id(Reply created) throws IOException {
        if (created.status() != 201) {
            throw new IOException(created.toString());
        }
        return UUID.fromString(created.body().get("id").asString());
    }

    private HttpRequest.Builder request(Service service, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(service) + path))
                .timeout(LONGEST_ANSWER);
    }

    private Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        return new Reply(answer.statusCode(), JsonMapper.shared().readTree(answer.body()));
    }
}
