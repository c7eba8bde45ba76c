package dev.mooring.registry.registrations;

import dev.mooring.http.HttpBackend;
import dev.mooring.http.HttpCall;
import dev.mooring.http.HttpCallException;
import dev.mooring.registry.backend.MlflowReply;
import dev.mooring.registry.mlflow.TagKeyRules;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Finds the versions in MLflow that carry the id of the request that made them. Thread-safe. */
public final class TaggedVersions {
    /** The tag by which a version says which registration, or which call of a client, made it. */
    static final String TAG = TagKeyRules.REGISTRATION;

    private static final String API = "/api/2.0/mlflow/";
    /** How MLflow refuses a request for what it says. */
    private static final String INVALID = "INVALID_PARAMETER_VALUE";

    private static final int NOT_FOUND = 404;
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
        Answer answer = made(workspace, name, source, id, tags);
        OptionalLong first = answer.versions().stream()
                .flatMap(List::stream)
                .mapToLong(MadeVersion::version)
                .findFirst();
        return new Found(answer.versions().isPresent(), answer.reply().status(), first);
    }

    /**
     * What MLflow answered.
     *
     * @param reply the answer to the last call
     * @param versions what it has, the lowest version first; empty when it did not say
     */
    record Answer(MlflowReply reply, Optional<List<MadeVersion>> versions) {}

    /** The versions of the model that were made for {@code id}. */
    Answer made(Optional<String> workspace, String name, String source, UUID id, Map<String, String> tags)
            throws HttpCallException {
        MlflowReply reply = search(workspace, name, id, tags);
        Answer searched = new Answer(
                reply, reply.content().map(content -> versions(content.path("model_versions"), name, source)));
        return searched.versions().filter(List::isEmpty).isPresent()
                ? amongNewest(workspace, name, source, id)
                : searched;
    }

    /** The versions of other models that were made for {@code id}: MLflow moves the versions of a model that it renames. */
    Answer moved(String source, UUID id) throws HttpCallException {
        MlflowReply reply = search(Optional.empty(), tagIs(id));
        return new Answer(
                reply,
                reply.content()
                        .map(content -> versions(
                                tagged(content.path("model_versions"), id), version -> version.isFrom(source))));
    }

    /** No search finds a plain version of a model of which another version has the tag of prompts; the model itself names its newest. */
    private Answer amongNewest(Optional<String> workspace, String name, String source, UUID id)
            throws HttpCallException {
        MlflowReply reply =
                send(workspace, HttpCall.get(API + "registered-models/get").query("name", name));
        if (reply.status() == NOT_FOUND || reply.isError(INVALID)) {
            return new Answer(reply, Optional.of(List.of()));
        }
        return new Answer(
                reply,
                reply.content()
                        .map(content -> content.path("registered_model").path("latest_versions"))
                        .map(latest -> versions(tagged(latest, id), name, source)));
    }

    private static List<JsonNode> tagged(JsonNode versions, UUID id) {
        return versions.valueStream()
                .filter(version -> version.path("tags")
                        .valueStream()
                        .anyMatch(tag -> tag.path("key").asString("").equals(TAG)
                                && tag.path("value").asString("").equals(id.toString())))
                .toList();
    }

    private MlflowReply search(Optional<String> workspace, String name, UUID id, Map<String, String> tags)
            throws HttpCallException {
        String byTag = tagIs(id);
        // MLflow hides prompts from searches that do not ask for them.
        if ("true".equalsIgnoreCase(tags.getOrDefault(PROMPT, ""))) {
            byTag += " AND tags.`" + PROMPT + "` = '" + tags.get(PROMPT) + "'";
        }
        MlflowReply byBoth = search(workspace, byTag + nameIs(name));
        // A name that MLflow's filters cannot hold: the tag finds its versions too, only slower.
        return byBoth.isError(INVALID) ? search(workspace, byTag) : byBoth;
    }

    private MlflowReply search(Optional<String> workspace, String filter) throws HttpCallException {
        return send(
                workspace,
                HttpCall.get(API + "model-versions/search")
                        .query("filter", filter)
                        .query("max_results", MOST_FOUND)
                        .query("order_by", "version_number ASC"));
    }

    private MlflowReply send(Optional<String> workspace, HttpCall call) throws HttpCallException {
        return MlflowReply.of(
                mlflow.send(workspace.map(of -> call.header(WORKSPACE, of)).orElse(call)));
    }

    private static String tagIs(UUID id) {
        return "tags.`" + TAG + "` = '" + id + "'";
    }

    /** A name with both kinds of quotes cannot be written in a filter. */
    private static String nameIs(String name) {
        if (!name.contains("'")) {
            return " AND name = '" + name + "'";
        }
        return name.contains("\"") ? "" : " AND name = \"" + name + "\"";
    }

    /** The versions that the request made. */
    private static List<MadeVersion> versions(Iterable<JsonNode> found, String name, String source) {
        return versions(found, version -> version.isOf(name, source));
    }

    private static List<MadeVersion> versions(Iterable<JsonNode> found, Predicate<MadeVersion> wanted) {
        return StreamSupport.stream(found.spliterator(), false)
                .flatMap(json -> MadeVersion.of(json).stream())
                .filter(wanted)
                .sorted(Comparator.comparingLong(MadeVersion::version))
                .toList();
    }
}
