package dev.mooring.registry.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that calls MLflow's interface as MLflow's own clients do: parameters of GET in the query, all others as JSON. */
final class Client {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String root;

    Client(int port, String prefix) {
        this.root = "http://127.0.0.1:" + port + prefix;
    }

    /** An answer. */
    record Reply(int status, JsonNode body, HttpResponse<String> http) {
        /** The status and, of an error, its code. */
        String outcome() {
            return status == 200
                    ? "200"
                    : status + " " + body.path("error_code").asString();
        }

        JsonNode at(String pointer) {
            return body.at(pointer);
        }

        String text(String pointer) {
            return body.at(pointer).asString();
        }
    }

    /** Makes a call with parameters, names and values in turns. */
    Reply call(String method, String path, Object... parameters) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            all.put((String) parameters[i], parameters[i + 1]);
        }
        return method.equals("GET") && !all.isEmpty()
                ? send(method, path + "?" + query(all), "")
                : send(method, path, all.isEmpty() ? "" : JSON.writeValueAsString(all));
    }

    /** Sends a body as it is. */
    Reply send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(root + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            String text = answer.body().isEmpty() ? "{}" : answer.body();
            return new Reply(answer.statusCode(), JSON.readTree(text), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String query(Map<String, Object> parameters) {
        return parameters.entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(String.valueOf(one.getValue())))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
