package dev.mooring.registry.api;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares an answer with the description of its call. */
final class Conformance {
    private Conformance() {}

    /** What is wrong with the answer; empty if nothing is. */
    static List<String> mistakes(JsonNode document, JsonNode operation, HttpResponse<String> answer) {
        List<String> mistakes = new ArrayList<>();
        int status = answer.statusCode();
        JsonNode responses = operation.path("responses");
        JsonNode described = responses.path(String.valueOf(status));
        if (status == 500) {
            mistakes.add("500: " + answer.body());
        }
        if (described.isMissingNode() && status < 400) {
            mistakes.add(status + " is not described");
        }
        if (answer.headers().firstValue("X-Request-ID").isEmpty()) {
            mistakes.add(status + " has no X-Request-ID");
        }
        JsonNode told = described.isMissingNode() ? responses.path("default") : described;
        JsonNode content = SchemaCheck.response(document, told).path("content");
        content.properties().forEach(media -> mistakes.addAll(body(document, media, answer)));
        return mistakes;
    }

    private static List<String> body(
            JsonNode document, Map.Entry<String, JsonNode> media, HttpResponse<String> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (!type.startsWith(media.getKey())) {
            return List.of(answer.statusCode() + " is " + type + " and not " + media.getKey() + ": " + answer.body());
        }
        if (!type.contains("json")) {
            return List.of();
        }
        try {
            JsonNode value = JsonMapper.shared().readTree(answer.body());
            return SchemaCheck.mistakes(document, media.getValue().path("schema"), value);
        } catch (JacksonException notJson) {
            return List.of("is not JSON: " + answer.body());
        }
    }
}
