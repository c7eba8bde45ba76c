package dev.mooring.registry.differential;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Random calls of every kind, most of them such that they succeed: a small set of names, versions, tags and aliases, so that calls meet each
 * other, and in a share of the calls an odd word, or an oddity of {@link Oddity}.
 */
final class RandomCalls {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String PROMPT = "mlflow.prompt.is_prompt";
    private static final int ODD_WORDS = 8;
    private static final int ODD_CALLS = 8;

    private final Draw draw;

    RandomCalls(long seed) {
        draw = new Draw(seed);
    }

    /** A history of this many calls. It begins with some models and versions, on which the others act. */
    static List<Call> history(long seed, int length) {
        RandomCalls calls = new RandomCalls(seed);
        List<Call> history = new ArrayList<>();
        for (String name : Words.NAMES) {
            history.add(calls.createModel(NODES.objectNode().put("name", name)));
            for (int versions = 1 + calls.draw.below(3); versions > 0; versions--) {
                history.add(calls.createVersion(NODES.objectNode().put("name", name)));
            }
        }
        while (history.size() < length) {
            history.add(calls.next());
        }
        return history;
    }

    Call next() {
        Call call = usual();
        return draw.chance(ODD_CALLS) ? new Oddity(draw).in(call) : call;
    }

    private Call usual() {
        return switch (draw.below(40)) {
            case 0, 1 -> createModel(name());
            case 2 -> new Call("GET", "registered-models/search");
            case 3 -> new Call("GET", "model-versions/search");
            case 4 -> read("registered-models/get", name());
            case 5 -> write("PATCH", "registered-models/update", maybe(name(), "description", text()));
            case 6 -> write("POST", "registered-models/rename", name().put("new_name", nameWord()));
            case 7 -> draw.chance(50) ? write("DELETE", "registered-models/delete", name()) : createModel(name());
            case 8, 9, 10 -> search("registered-models/search", new RandomFilter(draw, false));
            case 11, 12 -> latestVersions();
            case 13, 14 -> write("POST", "registered-models/set-tag", tag(name()));
            case 15 -> write("DELETE", "registered-models/delete-tag", name().put("key", key()));
            case 16, 17, 18 ->
                write("POST", "registered-models/alias", version().put("alias", alias()));
            case 19 -> read("registered-models/alias", name().put("alias", alias()));
            case 20 -> write("DELETE", "registered-models/alias", name().put("alias", alias()));
            case 21, 22, 23, 24, 25 -> createVersion(name());
            case 26, 27 -> read("model-versions/get", version());
            case 28 -> read("model-versions/get-download-uri", version());
            case 29 -> write("PATCH", "model-versions/update", maybe(version(), "description", text()));
            case 30 -> write("DELETE", "model-versions/delete", version());
            case 31, 32, 33 -> search("model-versions/search", new RandomFilter(draw, true));
            case 34 -> write("POST", "model-versions/set-tag", tag(version()));
            case 35 -> write("DELETE", "model-versions/delete-tag", version().put("key", key()));
            default -> transition();
        };
    }

    private Call createModel(ObjectNode body) {
        if (draw.chance(40)) {
            body.set("tags", tags());
        }
        return write("POST", "registered-models/create", maybe(body, "description", text()));
    }

    private Call createVersion(ObjectNode body) {
        body.put("source", draw.of(Words.SOURCES, Words.ODD_SOURCES, 18));
        if (draw.chance(20)) {
            body.put("run_id", draw.of(Words.RUNS, Words.ODD_RUNS, 20));
        }
        if (draw.chance(30)) {
            body.set("tags", tags());
        }
        if (draw.chance(20)) {
            body.put("run_link", draw.of(Words.LINKS));
        }
        return write("POST", "model-versions/create", maybe(body, "description", text()));
    }

    private Call latestVersions() {
        ObjectNode body = name();
        ArrayNode stages = NODES.arrayNode();
        while (draw.chance(40)) {
            stages.add(stage());
        }
        if (!stages.isEmpty() || draw.chance(10)) {
            body.set("stages", stages);
        }
        return draw.chance(60)
                ? write("POST", "registered-models/get-latest-versions", body)
                : read("registered-models/get-latest-versions", body);
    }

    private Call transition() {
        ObjectNode body = version().put("stage", stage());
        boolean active = !body.get("stage").asString().equals("None")
                && !body.get("stage").asString().equals("Archived");
        if (draw.chance(active ? 60 : 10)) {
            body.put("archive_existing_versions", draw.chance(70));
        }
        return write("POST", "model-versions/transition-stage", body);
    }

    private Call search(String path, RandomFilter filters) {
        List<String> query = new ArrayList<>();
        if (draw.chance(60)) {
            query.add(parameter("filter", filters.filter()));
        }
        if (draw.chance(50)) {
            query.add(parameter("max_results", draw.of(Words.LIMITS, Words.ODD_LIMITS, 20)));
        }
        for (int left = draw.below(3); left > 0; left--) {
            query.add(parameter("order_by", filters.order()));
        }
        if (draw.chance(25)) {
            query.add(parameter("page_token", draw.chance(60) ? Call.NEXT : draw.of(Words.TOKENS)));
        }
        return new Call("GET", query.isEmpty() ? path : path + "?" + String.join("&", query));
    }

    private Call read(String path, ObjectNode parameters) {
        List<String> query = new ArrayList<>();
        parameters.properties().forEach(each -> {
            if (each.getValue().isArray()) {
                each.getValue().forEach(element -> query.add(parameter(each.getKey(), element.asString())));
            } else {
                query.add(parameter(each.getKey(), each.getValue().asString()));
            }
        });
        return new Call("GET", path + "?" + String.join("&", query));
    }

    private static Call write(String method, String path, ObjectNode body) {
        String json = body.toString();
        // A model with one prompt among its versions is a known difference.
        return new Call(method, path)
                .withBody(path.startsWith("model-versions/") ? json.replace(PROMPT, "mlflow.note") : json);
    }

    private ObjectNode name() {
        return NODES.objectNode().put("name", nameWord());
    }

    private ObjectNode version() {
        return name().put("version", draw.of(Words.VERSIONS, Words.ODD_VERSIONS, ODD_WORDS));
    }

    private ObjectNode tag(ObjectNode of) {
        return maybe(of.put("key", key()), "value", value());
    }

    private ArrayNode tags() {
        ArrayNode tags = NODES.arrayNode();
        for (int left = draw.below(4); left > 0; left--) {
            tags.add(tag(NODES.objectNode()));
        }
        return tags;
    }

    /** Adds a member, or leaves it out in every fifth case. */
    private ObjectNode maybe(ObjectNode to, String member, String value) {
        return draw.chance(80) ? to.put(member, value) : to;
    }

    private String nameWord() {
        return draw.of(Words.NAMES, Words.ODD_NAMES, ODD_WORDS);
    }

    private String key() {
        return draw.chance(5) ? PROMPT : draw.of(Words.KEYS, Words.ODD_KEYS, 15);
    }

    private String value() {
        return draw.of(Words.VALUES, Words.ODD_VALUES, 15);
    }

    private String alias() {
        return draw.of(Words.ALIASES, Words.ODD_ALIASES, 15);
    }

    private String stage() {
        return draw.of(Words.STAGES, Words.ODD_STAGES, 15);
    }

    private String text() {
        return draw.of(Words.TEXTS, Words.ODD_TEXTS, 10);
    }

    private static String parameter(String name, String value) {
        return name + "=" + (value.equals(Call.NEXT) ? value : URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
}
