package dev.mooring.registry.api;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        if (!content.isEmpty()) {
            mistakes.addAll(body(document, content, answer));
        }
        return mistakes;
    }

    private static List<String> body(JsonNode document, JsonNode content, HttpResponse<String> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        Optional<Map.Entry<String, JsonNode>> media = content.properties().stream()
                .filter(one -> type.startsWith(one.getKey()))
                .findFirst();
        if (media.isEmpty()) {
            return List.of(answer.statusCode() + " is " + type + " and none of " + content.propertyNames() + ": "
                    + answer.body());
        }
        if (!type.contains("json")) {
            return List.of();
        }
        try {
            JsonNode value = JsonMapper.shared().readTree(answer.body());
            return SchemaCheck.mistakes(document, media.get().getValue().path("schema"), value);
        } catch (JacksonException notJson) {
            return List.of("is not JSON: " + answer.body());
        }
    }
}
