package dev.mooring.registry.service;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of MLflow's registry on a server: the service, or MLflow itself. */
final class MirrorCalls {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper MAPPER = new JsonMapper();

    private final String address;

    MirrorCalls(String address) {
        this.address = address;
    }

    HttpResponse<String> get(String endpoint, Map<String, String> query) throws Exception {
        String parameters = query.entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
        return plain("/api/2.0/mlflow/" + endpoint + (parameters.isEmpty() ? "" : "?" + parameters));
    }

    HttpResponse<String> plain(String path) throws Exception {
        return CLIENT.send(request(path).GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> call(String method, String endpoint, Map<String, ?> body) throws Exception {
        return CLIENT.send(
                request("/api/2.0/mlflow/" + endpoint)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(MAPPER.writeValueAsString(body)))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(20))
                .header("X-API-Key", Served.ADMIN_KEY);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static JsonNode json(HttpResponse<String> answer) {
        return parsed(answer.body());
    }

    static JsonNode parsed(String body) {
        return MAPPER.readTree(body);
    }

    /**
     * The answer with its unordered lists in one order.
     *
     * @param ordered whether the answer is a search result, whose rows have an order
     */
    static String comparable(String body, boolean ordered) {
        return comparable(MAPPER.readTree(body), ordered ? Set.of("registered_models", "model_versions") : Set.of(), "")
                .toString();
    }

    private static Object comparable(JsonNode node, Set<String> ordered, String name) {
        if (node.isObject()) {
            return node.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(member -> member.getKey() + "=" + comparable(member.getValue(), ordered, member.getKey()))
                    .toList();
        }
        if (node.isArray()) {
            List<String> all = StreamSupport.stream(node.spliterator(), false)
                    .map(one -> comparable(one, ordered, "").toString())
                    .toList();
            return ordered.contains(name)
                    ? all
                    : all.stream().sorted(Comparator.naturalOrder()).toList();
        }
        return node.toString();
    }
}
