package dev.mooring.registry.api;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** Makes requests of one call: mostly as its description says, sometimes not. The same seed makes the same requests. */
final class RandomRequest {
    private final Random random;
    private final RandomValue values;

    RandomRequest(Random random, JsonNode components) {
        this.random = random;
        this.values = new RandomValue(random, components);
    }

    /** A request for an operation of the description. */
    HttpRequest of(int port, Operation operation, String key) {
        String target = operation.path();
        StringBuilder query = new StringBuilder();
        HttpRequest.Builder request = HttpRequest.newBuilder().timeout(Duration.ofSeconds(15));
        for (JsonNode parameter : operation.described().path("parameters")) {
            String name = parameter.path("name").asString();
            boolean wanted = parameter.path("required").asBoolean() || random.nextInt(3) == 0;
            JsonNode value = values.of(parameter.path("schema"));
            String text = value.isArray() && !value.isEmpty() ? text(value.get(0)) : text(value);
            switch (parameter.path("in").asString()) {
                case "path" -> target = target.replace("{" + name + "}", segment(text));
                case "query" -> {
                    if (wanted) {
                        query.append(query.isEmpty() ? "?" : "&")
                                .append(name)
                                .append("=")
                                .append(encoded(text));
                    }
                }
                default -> {
                    String header = text.replaceAll("[^\\x21-\\x7E]", "x");
                    if (wanted && !header.isEmpty()) {
                        request.header(name, header);
                    }
                }
            }
        }
        if (random.nextInt(40) > 0) {
            request.header("Authorization", "Bearer " + key);
        }
        JsonNode body = operation
                .described()
                .path("requestBody")
                .path("content")
                .path(Call.JSON)
                .path("schema");
        if (body.isMissingNode()) {
            request.method(operation.method(), BodyPublishers.noBody());
        } else {
            request.header("Content-Type", random.nextInt(30) == 0 ? "text/plain" : Call.JSON)
                    .method(operation.method(), BodyPublishers.ofString(body(body)));
        }
        return request.uri(URI.create("http://127.0.0.1:" + port + target + query))
                .build();
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.asString() : value.toString();
    }

    private String body(JsonNode schema) {
        String whole = values.of(schema).toString();
        return switch (random.nextInt(20)) {
            case 0 -> whole.substring(0, random.nextInt(whole.length() + 1));
            case 1 -> "";
            case 2 -> "[" + whole + "]";
            default -> whole;
        };
    }

    /** A segment of a path, never empty and never one that a client would resolve away. */
    private static String segment(String text) {
        String encoded = encoded(text);
        return encoded.isEmpty() || encoded.matches("\\.{1,2}") ? "x" : encoded;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
