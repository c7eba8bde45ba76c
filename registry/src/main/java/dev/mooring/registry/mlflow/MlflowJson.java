package dev.mooring.registry.mlflow;

import dev.mooring.registry.store.StoredModel;
import dev.mooring.registry.store.StoredVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The JSON forms of models and versions in MLflow's answers. Times are milliseconds as numbers, versions are texts, and empty lists are
 * left out.
 */
public final class MlflowJson {
    private static final String NAME = "name";
    private static final String VERSION = "version";

    private MlflowJson() {}

    /**
     * A model. A description that is empty is left out.
     *
     * @param latest the newest version of each stage
     * @param aliases the version to which each alias points
     */
    public static Map<String, Object> model(
            StoredModel model, List<StoredVersion> latest, SortedMap<String, String> aliases) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(NAME, model.name());
        json.put("creation_timestamp", model.createdAt().toEpochMilli());
        json.put("last_updated_timestamp", model.lastUpdated().toEpochMilli());
        if (model.description() != null && !model.description().isEmpty()) {
            json.put("description", model.description());
        }
        putList(
                json,
                "latest_versions",
                latest.stream().map(MlflowJson::version).toList());
        putList(json, "tags", tags(model.tags()));
        putList(
                json,
                "aliases",
                aliases.entrySet().stream()
                        .map(alias -> ordered("alias", alias.getKey(), VERSION, alias.getValue()))
                        .toList());
        return json;
    }

    /** A version. It has a description unless an update removed it. */
    public static Map<String, Object> version(StoredVersion version) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(NAME, version.model());
        json.put(VERSION, Long.toString(version.version()));
        json.put("creation_timestamp", version.createdAt().toEpochMilli());
        json.put("last_updated_timestamp", version.lastUpdated().toEpochMilli());
        json.put("current_stage", version.stage().text());
        if (version.description() != null) {
            json.put("description", version.description());
        }
        json.put("source", version.source());
        json.put("run_id", orEmpty(version.runId()));
        json.put("status", "READY");
        putList(json, "tags", tags(version.tags()));
        json.put("run_link", orEmpty(version.runLink()));
        putList(json, "aliases", version.aliases());
        return json;
    }

    private static void putList(Map<String, Object> json, String name, List<?> list) {
        if (!list.isEmpty()) {
            json.put(name, list);
        }
    }

    private static List<Map<String, String>> tags(SortedMap<String, String> tags) {
        List<Map<String, String>> list = new ArrayList<>(tags.size());
        tags.forEach((key, value) -> list.add(ordered("key", key, "value", value)));
        return list;
    }

    private static Map<String, String> ordered(String first, String one, String second, String two) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put(first, one);
        members.put(second, two);
        return members;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
