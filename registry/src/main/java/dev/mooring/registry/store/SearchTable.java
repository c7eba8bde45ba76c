package dev.mooring.registry.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Searches of models and versions. Callers use it in a transaction of {@link Transactions}. Thread-safe. */
public final class SearchTable {
    private final JdbcClient database;

    /** A table that runs its statements with {@code database}. */
    public SearchTable(JdbcClient database) {
        this.database = database;
    }

    /** The models that meet every condition. */
    public List<StoredModel> models(Origin origin, Search search) {
        return statement("select " + ModelTable.COLUMNS + " from mooring.model r", origin, search)
                .query((row, n) -> Rows.model(row))
                .list();
    }

    /** The versions that meet every condition, without their aliases. */
    public List<StoredVersion> versions(Origin origin, Search search) {
        return statement(VersionTable.COLUMNS.replace("v.", "r.") + " from mooring.model_version r", origin, search)
                .query((row, n) -> Rows.version(row))
                .list();
    }

    private JdbcClient.StatementSpec statement(String select, Origin origin, Search search) {
        StringBuilder sql = new StringBuilder(select).append(" where r.origin = :origin");
        Map<String, Object> values = new HashMap<>();
        for (Condition condition : search.conditions()) {
            sql.append(" and (").append(condition.sql()).append(')');
            values.putAll(condition.values());
        }
        sql.append(" order by ").append(search.order()).append(" limit :limit offset :offset");
        planForTheseValues();
        return database.sql(sql.toString())
                .params(values)
                .param("origin", origin.value())
                .param("limit", search.limit())
                .param("offset", search.offset());
    }

    /** A plan for all values would not know how many rows have a tag, and could read the whole table. It counts for this transaction. */
    private void planForTheseValues() {
        String unused = database.sql("select set_config('plan_cache_mode', 'force_custom_plan', true)")
                .query(String.class)
                .single();
    }

    /** The aliases of these models, and the version to which each points; by model. */
    public Map<String, SortedMap<String, String>> aliases(Origin origin, List<String> models) {
        Map<String, SortedMap<String, String>> aliases = new HashMap<>();
        database.sql("""
                        select a.model, a.alias, a.version from mooring.model_alias a
                        where a.origin = :origin
                          and a.model in (select name from jsonb_array_elements_text(cast(:models as jsonb)) as m (name))""")
                .param("origin", origin.value())
                .param("models", KeptJson.text(models))
                .query((ResultSet row) -> put(aliases, row));
        return aliases;
    }

    private static void put(Map<String, SortedMap<String, String>> aliases, ResultSet row) throws SQLException {
        aliases.computeIfAbsent(row.getString("model"), name -> new TreeMap<>())
                .put(row.getString("alias"), row.getString("version"));
    }
}
