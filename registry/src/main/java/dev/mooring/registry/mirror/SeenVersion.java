package dev.mooring.registry.mirror;

import dev.mooring.registry.store.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A version as MLflow described it.
 *
 * @param description null after an update without one, which MLflow tells from an empty one
 * @param aliases the aliases that point to it; lists of versions do not have them
 */
record SeenVersion(
        String model,
        long version,
        String source,
        @Nullable String runId,
        @Nullable String runLink,
        @Nullable String description,
        SortedMap<String, String> tags,
        Stage stage,
        List<String> aliases,
        Instant createdAt,
        Instant updatedAt) {

    /** Reads MLflow's form; empty if it is not one. */
    static Optional<SeenVersion> of(JsonNode json) {
        String model = Json.text(json, "name");
        long version = Json.number(json, "version");
        Optional<Stage> stage = Stage.of(json.path("current_stage").asString("None"));
        if (model == null || version < 1 || stage.isEmpty()) {
            return Optional.empty();
        }
        Instant created = Json.moment(json, "creation_timestamp");
        return Optional.of(new SeenVersion(
                model,
                version,
                Json.textOrEmpty(json, "source"),
                Json.text(json, "run_id"),
                Json.text(json, "run_link"),
                json.has("description") ? Json.textOrEmpty(json, "description") : null,
                Json.tags(json),
                stage.get(),
                Json.texts(json, "aliases"),
                created,
                json.has("last_updated_timestamp") ? Json.moment(json, "last_updated_timestamp") : created));
    }

    /** The same with the aliases that the model says point to it. */
    SeenVersion withAliasesOf(SeenModel described) {
        List<String> pointing = described.aliases().entrySet().stream()
                .filter(alias -> alias.getValue() == version)
                .map(Map.Entry::getKey)
                .toList();
        return new SeenVersion(
                model, version, source, runId, runLink, description, tags, stage, pointing, createdAt, updatedAt);
    }

    /** The size of its texts. */
    long bytes() {
        long bytes = tags.entrySet().stream()
                .mapToLong(tag -> bytes(tag.getKey()) + bytes(tag.getValue()))
                .sum();
        return bytes + bytes(source) + bytes(description) + bytes(runLink);
    }

    private static long bytes(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The version as a row for a statement. */
    Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("model", model);
        row.put("version", version);
        row.put("source", source);
        row.put("tags", tags);
        row.put("stage", stage.text());
        row.put("created", createdAt.toString());
        row.put("updated", updatedAt.toString());
        Json.put(row, "run_id", runId);
        Json.put(row, "run_link", runLink);
        Json.put(row, "description", description);
        return row;
    }
}
