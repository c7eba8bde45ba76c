package dev.mooring.registry.differential;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes out of an answer what may differ between two servers. */
final class Comparison {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> TIMES = Set.of("creation_timestamp", "last_updated_timestamp");
    private static final String TOKEN = "next_page_token";
    private static final String UNORDERED_ANSWER = "registered-models/get-latest-versions";

    /** The lists whose order MLflow does not define. */
    private final Set<String> unordered = new HashSet<>(Set.of("tags", "aliases", "latest_versions"));

    private final Timeline timeline;

    Comparison(Call call, Timeline timeline) {
        this.timeline = timeline;
        if (call.path().endsWith(UNORDERED_ANSWER)) {
            unordered.add("model_versions");
        }
    }

    /** The answer with the number of a call for each time, with what has no order sorted, and with no more of a token than that it is there. */
    JsonNode comparable(JsonNode answer) {
        if (answer.isObject()) {
            ObjectNode copy = NODES.objectNode();
            answer.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(member -> copy.set(member.getKey(), member(member.getKey(), member.getValue())));
            return copy;
        }
        return answer.isArray() ? list(answer) : answer;
    }

    private JsonNode member(String name, JsonNode value) {
        if (TIMES.contains(name) && value.isIntegralNumber()) {
            return NODES.stringNode(timeline.callAt(value.longValue()));
        }
        if (name.equals(TOKEN)) {
            return NODES.stringNode("a token");
        }
        JsonNode comparable = comparable(value);
        return unordered.contains(name) && comparable.isArray() ? sorted(comparable) : comparable;
    }

    private ArrayNode list(JsonNode elements) {
        ArrayNode copy = NODES.arrayNode();
        elements.forEach(element -> copy.add(comparable(element)));
        return copy;
    }

    private static ArrayNode sorted(JsonNode elements) {
        List<JsonNode> inOrder = StreamSupport.stream(elements.spliterator(), false)
                .sorted(Comparator.comparing(JsonNode::toString))
                .toList();
        return NODES.arrayNode().addAll(inOrder);
    }
}
