package dev.mooring.registry.store;

import java.sql.ResultSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Searches of models and versions. Callers use it in a read of {@link Transactions}. Thread-safe. */
public final class SearchTable {
    private static final String SIZES = """
            select m.name,
              coalesce((select sum(n.bytes) from (
                  (select w.bytes from mooring.model_version w
                   where w.origin = :origin and w.model = m.name and w.current_stage = 'None'
                   order by w.version desc limit 1)
                  union all
                  (select s.bytes from (
                     select distinct on (w.current_stage) w.current_stage, w.bytes from mooring.model_version w
                     where w.origin = :origin and w.model = m.name and w.current_stage <> 'None'
                     order by w.current_stage, w.version desc) s)) n), 0)
              + coalesce((select sum(octet_length(a.alias) + 20) from mooring.model_alias a
                          where a.origin = :origin and a.model = m.name), 0) as bytes
            from jsonb_array_elements_text(cast(:models as jsonb)) as m (name)
            """;

    private final JdbcClient database;
    private final JdbcClient plannedAnew;

    /** A table that runs its statements with {@code database}, or where their values matter for the plan, with {@code plannedAnew}. */
    public SearchTable(JdbcClient database, JdbcClient plannedAnew) {
        this.database = database;
        this.plannedAnew = plannedAnew;
    }

    /** The models that meet every condition, up to the second one after those that have the bytes of a page. */
    public List<StoredModel> models(Origin origin, Search search) {
        return statement("select " + ModelTable.COLUMNS, "mooring.model", origin, search)
                .query((row, n) -> Rows.model(row))
                .list();
    }

    /**
     * The versions that meet every condition, without their aliases, up to the second one after those that have the bytes of a page.
     *
     * @param each takes one after the other, and keeps none
     */
    public void versions(Origin origin, Search search, Consumer<StoredVersion> each) {
        statement(VersionTable.COLUMNS.replace("v.", "r."), "mooring.model_version", origin, search)
                .query((ResultSet row) -> each.accept(Rows.passing(row)));
    }

    /** The size of the newest version of each stage, and of the aliases, of each of these models; by model. */
    public Map<String, Long> sizes(Origin origin, List<String> models) {
        Map<String, Long> sizes = new HashMap<>();
        database.sql(SIZES)
                .param("origin", origin.value())
                .param("models", KeptJson.text(models))
                .query((ResultSet row) -> {
                    sizes.put(row.getString("name"), row.getLong("bytes"));
                });
        return sizes;
    }

    /** An inner statement finds and orders the rows of the page without their texts; only those that fit are read. */
    private JdbcClient.StatementSpec statement(String select, String table, Origin origin, Search search) {
        StringBuilder sql = new StringBuilder(select)
                .append(" from (select r.*, sum(r.bytes) over (order by ")
                .append(search.order())
                .append(" rows between unbounded preceding and 2 preceding) as before from (select r.* from ")
                .append(table)
                .append(" r where r.origin = :origin");
        Map<String, Object> values = new HashMap<>();
        for (Condition condition : search.conditions()) {
            sql.append(" and (").append(condition.sql()).append(')');
            values.putAll(condition.values());
        }
        sql.append(" order by ")
                .append(search.order())
                .append(" limit :limit offset :offset) r) r where r.before is null or r.before < :bytes order by ")
                .append(search.order());
        return (search.namesOne() ? database : plannedAnew)
                .sql(sql.toString())
                .params(values)
                .param("origin", origin.value())
                .param("limit", search.limit())
                .param("bytes", search.bytes())
                .param("offset", search.offset());
    }
}
