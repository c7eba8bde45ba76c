package dev.mooring.registry.mlflow.search;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a search looks for, and by which fields. */
public enum Subject {
    /** Models. */
    MODELS(
            Map.of("name", Field.NAME),
            Map.of(
                    "name", OrderKey.NAME,
                    "timestamp", OrderKey.LAST_UPDATED,
                    "last_updated_timestamp", OrderKey.LAST_UPDATED)),
    /** Versions. */
    VERSIONS(
            Map.of(
                    "name", Field.NAME,
                    "run_id", Field.RUN_ID,
                    "source_path", Field.SOURCE_PATH,
                    "version_number", Field.VERSION_NUMBER),
            Map.of(
                    "name", OrderKey.NAME,
                    "version_number", OrderKey.VERSION_NUMBER,
                    "creation_timestamp", OrderKey.CREATED,
                    "last_updated_timestamp", OrderKey.LAST_UPDATED));

    private final Map<String, Field> fields;
    private final Map<String, OrderKey> orderKeys;

    Subject(Map<String, Field> fields, Map<String, OrderKey> orderKeys) {
        this.fields = fields;
        this.orderKeys = orderKeys;
    }

    /** The field of this name; fails if there is none. */
    Field field(String name) {
        return known("filter", name, fields);
    }

    /** The order of this name; fails if there is none. */
    OrderKey orderKey(String name) {
        return known("order_by", name, orderKeys);
    }

    private static <T> T known(String parameter, String name, Map<String, T> all) {
        T found = all.get(name);
        if (found == null) {
            Set<String> names = new TreeSet<>(all.keySet());
            throw new SearchException(parameter + " names " + SearchException.shown(name) + "; known here are "
                    + String.join(", ", names));
        }
        return found;
    }
}
