package dev.mooring.registry.api;

import dev.mooring.registry.mlflow.Area;
import dev.mooring.registry.mlflow.MlflowEndpoint;
import dev.mooring.registry.mlflow.MlflowEndpoints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls of MLflow, from the table of its endpoints. Those of the model registry have their parameters; of the others the MLflow server
 * behind the service knows more. Each is also below {@code /ajax-api}, {@code /mlflow} and {@code /api/mlflow}.
 */
final class MlflowCalls {
    private static final String BINARY = "application/octet-stream";
    private static final ObjectNode ANSWER = Schema.map(Schema.any());
    private static final ObjectNode TAGS = Schema.list(Schema.object("key?", Schema.text(), "value?", Schema.text()));

    /** By the resource below {@code 2.0/mlflow/}: the names of the parameters, with a question mark where they may be absent. */
    private static final Map<String, List<String>> PARAMETERS = Map.ofEntries(
            Map.entry("registered-models/create", List.of("name", "tags?", "description?")),
            Map.entry("registered-models/get", List.of("name")),
            Map.entry("registered-models/update", List.of("name", "description?")),
            Map.entry("registered-models/rename", List.of("name", "new_name")),
            Map.entry("registered-models/delete", List.of("name")),
            Map.entry("registered-models/search", List.of("filter?", "max_results?", "order_by?", "page_token?")),
            Map.entry("registered-models/get-latest-versions", List.of("name", "stages?")),
            Map.entry("registered-models/set-tag", List.of("name", "key", "value?")),
            Map.entry("registered-models/delete-tag", List.of("name", "key")),
            Map.entry("registered-models/alias", List.of("name", "alias", "version?")),
            Map.entry(
                    "model-versions/create",
                    List.of("name", "source", "run_id?", "tags?", "run_link?", "description?", "model_id?")),
            Map.entry("model-versions/get", List.of("name", "version")),
            Map.entry("model-versions/get-download-uri", List.of("name", "version")),
            Map.entry("model-versions/update", List.of("name", "version", "description?")),
            Map.entry("model-versions/delete", List.of("name", "version")),
            Map.entry("model-versions/search", List.of("filter?", "max_results?", "order_by?", "page_token?")),
            Map.entry("model-versions/set-tag", List.of("name", "version", "key", "value?")),
            Map.entry("model-versions/delete-tag", List.of("name", "version", "key")),
            Map.entry(
                    "model-versions/transition-stage",
                    List.of("name", "version", "stage", "archive_existing_versions?")));

    /** All of them, in the order of the table. */
    static final List<Call> ALL =
            MlflowEndpoints.ALL.stream().map(MlflowCalls::call).toList();

    private MlflowCalls() {}

    private static Call call(MlflowEndpoint endpoint) {
        String path = named("/api/" + endpoint.resource());
        Call call = Call.of("mlflow", endpoint.method(), path, summary(endpoint));
        for (String variable : variables(path)) {
            call = call.variable(variable, Schema.text(), "A part of the path.");
        }
        List<String> parameters = PARAMETERS.get(endpoint.resource().replaceFirst("^2\\.0/mlflow/", ""));
        boolean asks = endpoint.method().equals("GET");
        if (parameters != null && asks) {
            for (String parameter : parameters) {
                call = asking(call, parameter);
            }
        } else if (!asks) {
            call = call.sending(parameters == null ? ANSWER : body(parameters));
        }
        boolean isFile = endpoint.area() == Area.ARTIFACTS && asks;
        return isFile
                ? call.answering(200, "The file.", BINARY, Schema.any())
                : call.answering(200, "As MLflow answers.", ANSWER);
    }

    private static String summary(MlflowEndpoint endpoint) {
        String which = endpoint.resource().replaceFirst("^[0-9.]+/mlflow(-artifacts)?/?", "");
        return "MLflow's " + which + (endpoint.area() == Area.REGISTRY ? "." : "; needs MLFLOW_TRACKING_URI.");
    }

    /** Names the variables of a path: {@code {}} is {@code {a}}, then {@code {b}}; {@code {*}} is {@code {path}}. */
    private static String named(String resource) {
        String named = resource.replace("{*}", "{path}");
        for (char name = 'a'; named.contains("{}"); name++) {
            named = named.replaceFirst("\\{}", "{" + name + "}");
        }
        return named;
    }

    private static List<String> variables(String path) {
        List<String> names = new ArrayList<>();
        Pattern.compile("\\{([a-z]+)}").matcher(path).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    private static Call asking(Call call, String parameter) {
        String name = parameter.replace("?", "");
        boolean optional = parameter.endsWith("?");
        return optional
                ? call.query(name, schema(name), "As MLflow reads it.")
                : call.asking(name, schema(name), "As MLflow reads it.");
    }

    private static ObjectNode body(List<String> parameters) {
        Map<String, ObjectNode> members = new LinkedHashMap<>();
        parameters.forEach(parameter -> members.put(parameter, schema(parameter.replace("?", ""))));
        return Schema.object(members);
    }

    private static ObjectNode schema(String name) {
        return switch (name) {
            case "tags" -> TAGS;
            case "max_results" -> Schema.whole();
            case "archive_existing_versions" -> Schema.flag();
            case "stages" -> Schema.list(Schema.text());
            case "stage" -> Schema.oneOf("None", "Staging", "Production", "Archived");
            default -> Schema.text();
        };
    }
}
