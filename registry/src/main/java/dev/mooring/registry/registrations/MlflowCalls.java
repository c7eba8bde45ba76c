package dev.mooring.registry.registrations;

import dev.mooring.http.HttpBackend;
import dev.mooring.http.HttpCall;
import dev.mooring.http.HttpCallException;
import dev.mooring.registry.backend.MlflowReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** Calls on the registry of the MLflow server. Each is sent once. Thread-safe. */
final class MlflowCalls {
    private static final String API = "/api/2.0/mlflow/";
    private static final String NAME = "name";
    private static final String VERSION = "version";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpBackend mlflow;
    private final TaggedVersions versions;

    MlflowCalls(HttpBackend mlflow) {
        this.mlflow = mlflow;
        this.versions = new TaggedVersions(mlflow);
    }

    MlflowReply createModel(String name) throws HttpCallException {
        return send(HttpCall.post(API + "registered-models/create"), Map.of(NAME, name));
    }

    MlflowReply createVersion(Payload payload) throws HttpCallException {
        List<Map<String, String>> tags = new ArrayList<>();
        payload.tags().forEach((key, value) -> tags.add(Map.of("key", key, "value", value)));
        tags.add(Map.of(
                "key", TaggedVersions.TAG, "value", payload.registrationId().toString()));
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
    TaggedVersions.Answer made(Payload payload) throws HttpCallException {
        return versions.made(
                Optional.empty(), payload.name(), payload.source(), payload.registrationId(), payload.tags());
    }

    /** The versions of models of any name that were made for this registration, the first one first. */
    TaggedVersions.Answer moved(Payload payload) throws HttpCallException {
        return versions.moved(payload.source(), payload.registrationId());
    }

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
