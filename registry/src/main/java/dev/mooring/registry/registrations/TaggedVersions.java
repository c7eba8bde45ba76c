package dev.mooring.registry.registrations;

import dev.mooring.http.HttpBackend;
import dev.mooring.http.HttpCall;
import dev.mooring.http.HttpCallException;
import dev.mooring.registry.backend.MlflowReply;
import dev.mooring.registry.mlflow.TagKeyRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Finds the versions in MLflow that carry the id of the request that made them. Thread-safe. */
public final class TaggedVersions {
    /** The tag by which a version says which registration, or which call of a client, made it. */
    static final String TAG = TagKeyRules.REGISTRATION;

    private static final String PROMPT = "mlflow.prompt.is_prompt";
    private static final String WORKSPACE = "X-MLFLOW-WORKSPACE";
    /** More than one request ever makes. */
    private static final String MOST_FOUND = "100";

    private final HttpBackend mlflow;

    public TaggedVersions(HttpBackend mlflow) {
        this.mlflow = mlflow;
    }

    /**
     * What a search brought.
     *
     * @param searched whether MLflow searched; otherwise the rest says nothing
     * @param status the status of its answer
     * @param first the lowest version that it found
     */
    public record Found(boolean searched, int status, OptionalLong first) {}

    /**
     * Looks for the versions that were made for {@code id}.
     *
     * @param workspace the workspace; empty for MLflow's own
     * @param name the model's name as the request has it
     * @param source the source as the request has it
     * @param tags the tags of the request
     */
    public Found find(Optional<String> workspace, String name, String source, UUID id, Map<String, String> tags)
            throws HttpCallException {
        MlflowReply reply = search(workspace, name, id, tags);
        OptionalLong first = reply.content().stream()
                .flatMap(content -> versions(content, name, source).stream())
                .mapToLong(MadeVersion::version)
                .findFirst();
        return new Found(reply.content().isPresent(), reply.status(), first);
    }

    /** What MLflow answers to a search for them, the lowest version first. */
    MlflowReply search(Optional<String> workspace, String name, UUID id, Map<String, String> tags)
            throws HttpCallException {
        String byTag = "tags.`" + TAG + "` = '" + id + "'";
        // MLflow hides prompts from searches that do not ask for them.
        if ("true".equalsIgnoreCase(tags.getOrDefault(PROMPT, ""))) {
            byTag += " AND tags.`" + PROMPT + "` = '" + tags.get(PROMPT) + "'";
        }
        MlflowReply byBoth = search(workspace, byTag + nameIs(name));
        // A name that MLflow's filters cannot hold: the tag finds its versions too, only slower.
        return byBoth.isError("INVALID_PARAMETER_VALUE") ? search(workspace, byTag) : byBoth;
    }

    private MlflowReply search(Optional<String> workspace, String filter) throws HttpCallException {
        HttpCall call = HttpCall.get("/api/2.0/mlflow/model-versions/search")
                .query("filter", filter)
                .query("max_results", MOST_FOUND)
                .query("order_by", "version_number ASC");
        return MlflowReply.of(
                mlflow.send(workspace.map(of -> call.header(WORKSPACE, of)).orElse(call)));
    }

    /** A name with both kinds of quotes cannot be written in a filter. */
    private static String nameIs(String name) {
        if (!name.contains("'")) {
            return " AND name = '" + name + "'";
        }
        return name.contains("\"") ? "" : " AND name = \"" + name + "\"";
    }

    /** The versions in MLflow's answer that the request made. */
    static List<MadeVersion> versions(JsonNode content, String name, String source) {
        return StreamSupport.stream(content.path("model_versions").spliterator(), false)
                .flatMap(json -> MadeVersion.of(json).stream())
                .filter(version -> version.isOf(name, source))
                .toList();
    }
}
