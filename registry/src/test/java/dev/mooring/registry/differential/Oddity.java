package dev.mooring.registry.differential;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes a call odd: its JSON, its method, its path, its headers. */
final class Oddity {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> WRONG_VALUES = List.of(
            "null",
            "1",
            "1.5",
            "true",
            "\"\"",
            "[]",
            "{}",
            "[\"a\"]",
            "{\"a\":\"b\"}",
            "\"true\"",
            "[null]",
            "[{\"key\":\"k\"},{\"key\":\"k\",\"value\":\"z\"}]");
    private static final List<String> WRONG_BODIES = List.of(
            "",
            "null",
            "{",
            "[]",
            "\"text\"",
            "1",
            "{}",
            "[{}]",
            "{\"name\":\"a\",}",
            "{'name':'a'}",
            "{\"name\":\"a\",\"name\":\"b\"}",
            "true",
            "\"{}\"",
            "NaN",
            "{\"name\":NaN}");
    private static final List<String> HEADERS = List.of(
            "Content-Type: text/plain",
            "Content-Type: application/json; charset=utf-8",
            "Content-Type: application/jsonp",
            "X-MLFLOW-WORKSPACE: default",
            "X-MLFLOW-WORKSPACE: other",
            "X-MLFLOW-WORKSPACE: Bad Name!",
            "Accept: text/html");
    private static final List<String> METHODS = List.of("GET", "POST", "PATCH", "DELETE", "PUT");

    private final Draw draw;

    Oddity(Draw draw) {
        this.draw = draw;
    }

    Call in(Call call) {
        return switch (draw.below(9)) {
            case 0 -> call.withHeader(draw.of(HEADERS));
            case 1 -> call.withMethod(draw.of(METHODS));
            case 2 -> call.withTarget(oddTarget(call));
            case 3 -> call.withBody(draw.of(WRONG_BODIES));
            case 4 ->
                call.body()
                        .map(body -> call.withBody(JSON.writeValueAsString(body)))
                        .orElse(call);
            default -> call.body().map(body -> call.withBody(oddBody(body))).orElseGet(() -> oddQuery(call));
        };
    }

    private String oddTarget(Call call) {
        String target = call.target();
        return switch (draw.below(5)) {
            case 0 -> "/ajax-api/2.0/mlflow/" + target;
            case 1 -> target.replaceFirst("(\\?|$)", "/$1");
            case 2 -> target.replaceFirst("/", "//");
            case 3 -> "/api/3.0/mlflow/" + target;
            default -> target.replaceFirst("registered", "Registered");
        };
    }

    private String oddBody(String body) {
        JsonNode parsed = JSON.readTree(body);
        if (!(parsed instanceof ObjectNode members) || members.isEmpty()) {
            return body;
        }
        String member = draw.of(List.copyOf(members.propertyNames()));
        JsonNode value = members.get(member);
        switch (draw.below(5)) {
            case 0 -> members.remove(member);
            case 1 -> members.put("unknown", "x");
            case 2 -> {
                members.remove(member);
                members.set(camelCase(member), value);
            }
            case 3 -> members.set(camelCase(member), value);
            default -> members.set(member, JSON.readTree(draw.of(WRONG_VALUES)));
        }
        return members.toString();
    }

    private Call oddQuery(Call call) {
        String[] parts = call.target().split("\\?", 2);
        if (parts.length < 2) {
            return call.withTarget(call.target() + "?unknown=x");
        }
        String[] parameters = parts[1].split("&", -1);
        String one = draw.of(List.of(parameters));
        String name = one.split("=", 2)[0];
        return call.withTarget(
                switch (draw.below(5)) {
                    case 0 -> call.target() + "&" + name + "=other";
                    case 1 -> call.target() + "&unknown=x";
                    case 2 -> parts[0] + "?" + parts[1].replace(one, camelCase(name) + one.substring(name.length()));
                    case 3 -> parts[0] + "?" + parts[1].replace(one, name);
                    default -> parts[0] + "?" + parts[1].replace(one, "");
                });
    }

    private static String camelCase(String name) {
        StringBuilder camel = new StringBuilder();
        for (int at = 0; at < name.length(); at++) {
            char letter = name.charAt(at);
            camel.append(letter == '_' && at + 1 < name.length() ? Character.toUpperCase(name.charAt(++at)) : letter);
        }
        return camel.toString();
    }
}
