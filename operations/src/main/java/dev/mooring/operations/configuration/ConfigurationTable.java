package dev.mooring.operations.configuration;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code mooring.configuration}: the settings of the last start. Each method works in its caller's transaction. */
final class ConfigurationTable {
    private static final String PUT = """
            insert into mooring.configuration (name, value)
            select given.name, given.value
            from unnest(cast(:names as text[]), cast(:values as text[])) as given (name, value)
            on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at""";

    private ConfigurationTable() {}

    static Map<String, String> read(JdbcClient database) {
        Map<String, String> values = new TreeMap<>();
        database.sql("select name, value from mooring.configuration").query(row -> {
            values.put(row.getString("name"), row.getString("value"));
        });
        return values;
    }

    /** Keeps every other transaction from changing the table until this one ends. */
    static void lock(JdbcClient database) {
        database.sql("lock table mooring.configuration in share row exclusive mode")
                .update();
    }

    static void put(JdbcClient database, Map<String, String> values) {
        database.sql(PUT)
                .param("names", values.keySet().toArray(String[]::new))
                .param("values", values.values().toArray(String[]::new))
                .update();
    }
}
