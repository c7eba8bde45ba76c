package dev.mooring.registry.api;

import dev.mooring.registry.mlflow.Area;
import dev.mooring.registry.mlflow.MlflowEndpoint;
import dev.mooring.registry.mlflow.MlflowEndpoints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls of MLflow, from the table of its endpoints. Those of the model registry have their parameters; of the others the MLflow server
 * behind the service knows more. Each is also below {@code /ajax-api}, {@code /mlflow} and {@code /api/mlflow}; what only MLflow's pages use is not below {@code /api}.
 */
final class MlflowCalls {
    private static final String BINARY = "application/octet-stream";
    private static final ObjectNode ANSWER = Schema.map(Schema.any());
    private static final ObjectNode TAGS = Schema.list(Schema.object("key?", Schema.text(), "value?", Schema.text()));

    private static final Call.Body BYTES = new Call.Body(true, BINARY, Schema.any());
    /** What MLflow takes here; many of these calls take nothing. */
    private static final Call.Body MEMBERS = new Call.Body(false, Call.JSON, ANSWER);

    /** A segment of a path that the gateway passes on. */
    private static final String SEGMENT = "^[^/\\\\;\\u0000-\\u001f\\u007f]+$";

    private static final String SEGMENTS = "^[^\\\\;\\u0000-\\u001f\\u007f]+$";

    /** The endpoints that an MLflow server has below {@code /ajax-api} only. */
    private static final Set<String> OF_PAGES = Set.of(
            "2.0/mlflow/experiments/search-datasets",
            "2.0/mlflow/gateway-proxy",
            "2.0/mlflow/get-online-trace-details",
            "2.0/mlflow/get-trace-artifact",
            "2.0/mlflow/logged-models/{}/artifacts/files",
            "2.0/mlflow/metrics/get-history-bulk",
            "2.0/mlflow/runs/create-promptlab-run",
            "2.0/mlflow/unified-traces",
            "2.0/mlflow/upload-artifact",
            "3.0/mlflow/demo/delete",
            "3.0/mlflow/demo/generate",
            "3.0/mlflow/gateway/provider-config",
            "3.0/mlflow/gateway/secrets/config",
            "3.0/mlflow/gateway/supported-models",
            "3.0/mlflow/gateway/supported-providers",
            "3.0/mlflow/genai/evaluate/invoke",
            "3.0/mlflow/get-trace-artifact",
            "3.0/mlflow/issues/invoke",
            "3.0/mlflow/jobs/cancel/{}",
            "3.0/mlflow/jobs/{}",
            "3.0/mlflow/scorer/invoke",
            "3.0/mlflow/ui-telemetry");

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

    static boolean isOfRegistry(Call call) {
        return PARAMETERS.containsKey(call.path().replaceFirst("^/api/2\\.0/mlflow/", ""));
    }

    private static Call call(MlflowEndpoint endpoint) {
        String root = OF_PAGES.contains(endpoint.resource()) ? "/ajax-api/" : "/api/";
        String path = named(root + endpoint.resource());
        Call call = Call.of("mlflow", endpoint.method(), path, summary(endpoint));
        for (String variable : variables(path)) {
            String pattern = variable.equals("path") ? SEGMENTS : SEGMENT;
            call = call.variable(variable, Schema.text(), pattern, "A part of the path.");
        }
        List<String> parameters = PARAMETERS.get(endpoint.resource().replaceFirst("^2\\.0/mlflow/", ""));
        boolean asks = endpoint.method().equals("GET");
        if (parameters != null && asks) {
            for (String parameter : parameters) {
                call = asking(call, endpoint, parameter);
            }
        } else if (asks) {
            call = call.query(
                    "parameters",
                    Schema.map(Schema.text()),
                    "Each under its own name, as MLflow's documentation has them.");
        } else {
            call = parameters == null ? call.sending(sent(endpoint)) : call.sending(body(endpoint, parameters));
        }
        if (isUpload(endpoint)) {
            return call.answeringNothing(200, "The artifact is stored.");
        }
        return isFile(endpoint)
                ? call.answering(200, "The file.", BINARY, Schema.any())
                : call.answering(200, "As MLflow answers.", ANSWER);
    }

    private static boolean isFile(MlflowEndpoint endpoint) {
        return endpoint.area() == Area.ARTIFACTS
                && endpoint.method().equals("GET")
                && !endpoint.resource().endsWith("/artifacts")
                && !endpoint.resource().contains("/presigned/");
    }

    private static Call.Body sent(MlflowEndpoint endpoint) {
        return isUpload(endpoint) ? BYTES : MEMBERS;
    }

    private static boolean isUpload(MlflowEndpoint endpoint) {
        boolean isPut = endpoint.area() == Area.ARTIFACTS && endpoint.method().equals("PUT");
        return isPut || endpoint.resource().endsWith("/upload-artifact");
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

    private static Call asking(Call call, MlflowEndpoint endpoint, String parameter) {
        String name = parameter.replace("?", "");
        boolean optional = parameter.endsWith("?");
        return optional
                ? call.query(name, schema(endpoint, name), "As MLflow reads it.")
                : call.asking(name, required(name), "As MLflow reads it.");
    }

    private static ObjectNode body(MlflowEndpoint endpoint, List<String> parameters) {
        Map<String, ObjectNode> members = new LinkedHashMap<>();
        for (String parameter : parameters) {
            String name = parameter.replace("?", "");
            boolean mustBe = !parameter.endsWith("?")
                    || name.equals("version") && endpoint.method().equals("POST");
            members.put(mustBe ? name : parameter, mustBe ? required(name) : schema(endpoint, name));
        }
        return Schema.object(members);
    }

    private static ObjectNode required(String name) {
        return name.equals("stage") ? Schema.oneOf("None", "Staging", "Production", "Archived") : Schema.filled();
    }

    private static ObjectNode schema(MlflowEndpoint endpoint, String name) {
        return switch (name) {
            case "tags" -> TAGS;
            case "max_results" ->
                endpoint.resource().contains("model-versions") ? Schema.whole(1, 200_000) : Schema.whole(0, 1_000);
            case "order_by" -> Schema.list(Schema.text());
            case "archive_existing_versions" -> Schema.flag();
            case "stages" -> Schema.list(Schema.text());
            default -> Schema.text();
        };
    }
}
