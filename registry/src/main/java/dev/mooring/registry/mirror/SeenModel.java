package dev.mooring.registry.mirror;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A model as MLflow described it.
 *
 * @param description null if it has none
 * @param aliases the number of the version to which each alias points
 * @param latest the newest version of each stage, without their aliases; none if the model has no version
 */
record SeenModel(
        String name,
        @Nullable String description,
        SortedMap<String, String> tags,
        SortedMap<String, Long> aliases,
        List<SeenVersion> latest,
        Instant createdAt,
        Instant updatedAt) {

    /** Reads MLflow's form; empty if it is not one. */
    static Optional<SeenModel> of(JsonNode json) {
        String name = Json.text(json, "name");
        if (name == null) {
            return Optional.empty();
        }
        SortedMap<String, Long> aliases = new TreeMap<>();
        json.path("aliases")
                .forEach(alias -> aliases.put(Json.textOrEmpty(alias, "alias"), Json.number(alias, "version")));
        Instant created = Json.moment(json, "creation_timestamp");
        return Optional.of(new SeenModel(
                name,
                Json.text(json, "description"),
                Json.tags(json),
                aliases,
                Json.versions(json, "latest_versions"),
                created,
                json.has("last_updated_timestamp") ? Json.moment(json, "last_updated_timestamp") : created));
    }

    /** The highest number of a version; 0 if there is none. */
    long newest() {
        return latest.stream().mapToLong(SeenVersion::version).max().orElse(0);
    }

    /** The model as a row for a statement. */
    Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("tags", tags);
        row.put("newest", newest());
        row.put("created", createdAt.toString());
        row.put("updated", updatedAt.toString());
        Json.put(row, "description", description);
        return row;
    }
}
