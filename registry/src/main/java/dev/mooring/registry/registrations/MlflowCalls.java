package dev.mooring.registry.registrations;

import dev.mooring.http.HttpBackend;
import dev.mooring.http.HttpCall;
import dev.mooring.http.HttpCallException;
import dev.mooring.registry.backend.MlflowReply;
import dev.mooring.registry.mlflow.TagKeyRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls on the registry of the MLflow server. Each is sent once. Thread-safe. */
final class MlflowCalls {
    /** The tag by which a version says which registration made it. */
    static final String TAG = TagKeyRules.REGISTRATION;

    private static final String API = "/api/2.0/mlflow/";
    private static final String NAME = "name";
    private static final String VERSION = "version";
    private static final String PROMPT = "mlflow.prompt.is_prompt";
    private static final JsonMapper MAPPER = new JsonMapper();
    /** More than a registration ever has. */
    private static final String MOST_FOUND = "100";

    private final HttpBackend mlflow;

    MlflowCalls(HttpBackend mlflow) {
        this.mlflow = mlflow;
    }

    MlflowReply createModel(String name) throws HttpCallException {
        return send(HttpCall.post(API + "registered-models/create"), Map.of(NAME, name));
    }

    MlflowReply createVersion(Payload payload) throws HttpCallException {
        List<Map<String, String>> tags = new ArrayList<>();
        payload.tags().forEach((key, value) -> tags.add(Map.of("key", key, "value", value)));
        tags.add(Map.of("key", TAG, "value", payload.registrationId().toString()));
        Map<String, Object> body =
                new TreeMap<>(Map.of(NAME, payload.name(), "source", payload.source(), "tags", tags));
        if (payload.runId() != null) {
            body.put("run_id", payload.runId());
        }
        if (payload.description() != null) {
            body.put("description", payload.description());
        }
        return send(HttpCall.post(API + "model-versions/create"), body);
    }

    /** The versions of its model that were made for this registration, the first one first. */
    Found made(Payload payload) throws HttpCallException {
        String byTag = "tags.`" + TAG + "` = '" + payload.registrationId() + "'";
        // MLflow hides prompts from searches that do not ask for them.
        String prompt = payload.tags().getOrDefault(PROMPT, "");
        if (prompt.equalsIgnoreCase("true")) {
            byTag += " AND tags.`" + PROMPT + "` = '" + prompt + "'";
        }
        Found found = search(byTag + nameIs(payload.name()), payload);
        // A name that MLflow's filters cannot hold: the tag finds its versions too, only slower.
        return found.reply().isError("INVALID_PARAMETER_VALUE") ? search(byTag, payload) : found;
    }

    private Found search(String filter, Payload payload) throws HttpCallException {
        MlflowReply reply = MlflowReply.of(mlflow.send(HttpCall.get(API + "model-versions/search")
                .query("filter", filter)
                .query("max_results", MOST_FOUND)
                .query("order_by", "version_number ASC")));
        return new Found(reply, reply.content().map(content -> versions(content, payload)));
    }

    /** A name with both kinds of quotes cannot be written in a filter. */
    private static String nameIs(String name) {
        if (!name.contains("'")) {
            return " AND name = '" + name + "'";
        }
        return name.contains("\"") ? "" : " AND name = \"" + name + "\"";
    }

    private static List<MadeVersion> versions(JsonNode content, Payload payload) {
        return StreamSupport.stream(content.path("model_versions").spliterator(), false)
                .flatMap(json -> MadeVersion.of(json).stream())
                .filter(version -> version.isOf(payload))
                .toList();
    }

    /**
     * The answer to a search.
     *
     * @param reply what MLflow answered
     * @param versions what it found; empty when it did not search
     */
    record Found(MlflowReply reply, Optional<List<MadeVersion>> versions) {}

    MlflowReply deleteVersion(String name, long version) throws HttpCallException {
        return send(
                HttpCall.delete(API + "model-versions/delete"), Map.of(NAME, name, VERSION, Long.toString(version)));
    }

    MlflowReply deleteModel(String name) throws HttpCallException {
        return send(HttpCall.delete(API + "registered-models/delete"), Map.of(NAME, name));
    }

    MlflowReply setAlias(String name, String alias, long version) throws HttpCallException {
        return send(
                HttpCall.post(API + "registered-models/alias"),
                Map.of(NAME, name, "alias", alias, VERSION, Long.toString(version)));
    }

    MlflowReply removeAlias(String name, String alias) throws HttpCallException {
        return send(HttpCall.delete(API + "registered-models/alias"), Map.of(NAME, name, "alias", alias));
    }

    /** The version to which an alias points. */
    MlflowReply versionOfAlias(String name, String alias) throws HttpCallException {
        return MlflowReply.of(mlflow.send(
                HttpCall.get(API + "registered-models/alias").query(NAME, name).query("alias", alias)));
    }

    private MlflowReply send(HttpCall call, Map<String, ?> body) throws HttpCallException {
        return MlflowReply.of(mlflow.send(call.json(MAPPER.writeValueAsBytes(body))));
    }
}
