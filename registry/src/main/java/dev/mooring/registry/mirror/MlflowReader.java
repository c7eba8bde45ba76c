package dev.mooring.registry.mirror;

import dev.mooring.breaker.MooringException;
import dev.mooring.http.HttpBackend;
import dev.mooring.http.HttpCall;
import dev.mooring.http.HttpCallException;
import dev.mooring.registry.backend.MlflowReply;
import dev.mooring.registry.mlflow.search.PageToken;
import dev.mooring.registry.store.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Reads the registry of the MLflow server. Thread-safe. */
final class MlflowReader {
    private static final String API = "/api/2.0/mlflow/";
    private static final String WORKSPACE = "X-MLFLOW-WORKSPACE";
    private static final String NAME = "name";
    /** Where a page is too large, the next one has this part of its rows. */
    private static final int LESS = 4;

    private static final String PROMPT = "tags.`mlflow.prompt.is_prompt` = 'true'";

    private final HttpBackend mlflow;
    private final Duration limit;
    private final Consumer<Duration> spent;

    /**
     * A reader.
     *
     * @param limit how long a call may take
     * @param spent hears how long each call took that MLflow answered
     */
    MlflowReader(HttpBackend mlflow, Duration limit, Consumer<Duration> spent) {
        this.mlflow = mlflow;
        this.limit = limit;
        this.spent = spent;
    }

    /** What MLflow said, and {@link System#nanoTime()} before the request. */
    record Said<T>(T value, long sentAt) {}

    /** The model; empty if there is none. */
    Said<Optional<SeenModel>> model(Origin origin, String name) throws AwayException {
        Said<Optional<JsonNode>> said =
                one(origin, HttpCall.get(API + "registered-models/get").query(NAME, name));
        return new Said<>(said.value().flatMap(json -> SeenModel.of(json.path("registered_model"))), said.sentAt());
    }

    /** The version; empty if there is none. */
    Said<Optional<SeenVersion>> version(Origin origin, String name, long version) throws AwayException {
        return version(
                origin,
                HttpCall.get(API + "model-versions/get").query(NAME, name).query("version", Long.toString(version)));
    }

    /** The version to which an alias points; empty if there is no such alias. */
    Said<Optional<SeenVersion>> version(Origin origin, String name, String alias) throws AwayException {
        return version(
                origin,
                HttpCall.get(API + "registered-models/alias").query(NAME, name).query("alias", alias));
    }

    private Said<Optional<SeenVersion>> version(Origin origin, HttpCall call) throws AwayException {
        Said<Optional<JsonNode>> said = one(origin, call);
        return new Said<>(said.value().flatMap(json -> SeenVersion.of(json.path("model_version"))), said.sentAt());
    }

    /** Where the files of a version are; empty if there is no such version. */
    Optional<String> downloadUri(Origin origin, String name, long version) throws AwayException {
        return one(
                        origin,
                        HttpCall.get(API + "model-versions/get-download-uri")
                                .query(NAME, name)
                                .query("version", Long.toString(version)))
                .value()
                .map(json -> Json.textOrEmpty(json, "artifact_uri"));
    }

    /** Models by name. MLflow lists prompts only when they are asked for. */
    Listing<SeenModel> models(Origin origin, boolean prompts, String filter, long offset, int rows)
            throws AwayException {
        HttpCall call =
                search("registered-models/search", prompts, filter, offset).query("order_by", "name ASC");
        return listing(origin, call, rows, json -> Json.models(json, "registered_models"));
    }

    /** Versions by name of their model, newest first. */
    Listing<SeenVersion> versions(Origin origin, boolean prompts, String filter, long offset, int rows)
            throws AwayException {
        HttpCall call = search("model-versions/search", prompts, filter, offset)
                .query("order_by", "name ASC")
                .query("order_by", "version_number DESC");
        return listing(origin, call, rows, json -> Json.versions(json, "model_versions"));
    }

    private static HttpCall search(String search, boolean prompts, String filter, long offset) {
        HttpCall call = HttpCall.get(API + search);
        String asked = prompts ? filter.isEmpty() ? PROMPT : filter + " AND " + PROMPT : filter;
        HttpCall filtered = asked.isEmpty() ? call : call.query("filter", asked);
        return offset == 0 ? filtered : filtered.query("page_token", PageToken.of(offset));
    }

    /** A page of at most {@code most} rows; of fewer where they are large. */
    private <T> Listing<T> listing(Origin origin, HttpCall call, int most, Function<JsonNode, List<T>> rows)
            throws AwayException {
        int asked = most;
        while (true) {
            HttpCall page = call.query("max_results", Integer.toString(asked));
            Said<Optional<MlflowReply>> said =
                    send(origin, page, asked == 1 ? BoundedReply.LARGEST : BoundedReply.USUAL);
            if (said.value().isPresent()) {
                MlflowReply reply = said.value().get();
                JsonNode json = reply.content().orElseThrow(() -> away(reply));
                return new Listing<>(
                        rows.apply(json),
                        !json.path("next_page_token").asString("").isEmpty(),
                        said.sentAt());
            }
            if (asked == 1) {
                throw tooLarge();
            }
            asked = Math.max(1, asked / LESS);
        }
    }

    private static AwayException tooLarge() {
        return new AwayException("one thing in MLflow's registry is larger than " + BoundedReply.LARGEST + " bytes");
    }

    /** The answer about one thing; empty if MLflow says that there is none, or that there can be none. */
    private Said<Optional<JsonNode>> one(Origin origin, HttpCall call) throws AwayException {
        Said<Optional<MlflowReply>> said = send(origin, call, BoundedReply.LARGEST);
        MlflowReply reply = said.value().orElseThrow(MlflowReader::tooLarge);
        boolean absent = reply.isError("RESOURCE_DOES_NOT_EXIST") || reply.isError("INVALID_PARAMETER_VALUE");
        if (reply.content().isEmpty() && !absent) {
            throw away(reply);
        }
        return new Said<>(reply.content(), said.sentAt());
    }

    private static AwayException away(MlflowReply reply) {
        return new AwayException("MLflow " + reply.trouble().message());
    }

    /** The reply; empty if it is larger than {@code most}. */
    private Said<Optional<MlflowReply>> send(Origin origin, HttpCall call, int most) throws AwayException {
        String workspace = Origins.workspace(origin);
        HttpCall whole = workspace.isEmpty() ? call : call.header(WORKSPACE, workspace);
        long sentAt = System.nanoTime();
        try {
            Optional<MlflowReply> reply = BoundedReply.read(mlflow, whole.within(limit), limit, most);
            spent.accept(Duration.ofNanos(System.nanoTime() - sentAt));
            return new Said<>(reply, sentAt);
        } catch (HttpCallException | MooringException away) {
            throw new AwayException(String.valueOf(away.getMessage()));
        }
    }
}
