package dev.mooring.registry.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One operation of a description.
 *
 * @param method the HTTP method
 * @param path the path, with variables in braces
 * @param described what the description says of it
 */
record Operation(String method, String path, JsonNode described) {
    /** How often a call is tried while MLflow's calls beside the registry, which are many, are tried once. */
    private static final int WEIGHT = 8;

    /** All operations of a document, as often as they are to be tried. */
    static List<Operation> of(JsonNode document, boolean withMlflow) {
        List<Operation> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                Operation one =
                        new Operation(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue());
                for (int i = one.weight(withMlflow); i > 0; i--) {
                    all.add(one);
                }
            }
        }
        return all;
    }

    private int weight(boolean withMlflow) {
        boolean isOfMlflow = described.at("/tags/0").asString().equals("mlflow");
        if (isOfMlflow && !withMlflow) {
            return 0;
        }
        boolean isRegistry = path.contains("/registered-models/") || path.contains("/model-versions/");
        return isOfMlflow && !isRegistry ? 1 : WEIGHT;
    }

    boolean isOrder() {
        return method.equals("POST") && path.startsWith("/ops/breakers");
    }
}
