package dev.mooring.registry.models;

import dev.mooring.operations.control.Timestamps;
import dev.mooring.spring.page.Page;
import dev.mooring.spring.page.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads models, their versions and their history. Thread-safe. */
final class Catalog {
    private static final String MODELS = """
            select m.name, m.last_version, m.created_at, m.updated_at,
                   coalesce((select jsonb_object_agg(a.alias, a.version::text) from mooring.model_alias a where a.model = m.name),
                            '{}') as aliases
            from mooring.model m
            """;

    private static final String VERSIONS = """
            select v.model, v.version, v.source, v.run_id, v.description, v.tags, v.metrics, v.registration_id,
                   v.registered_by, v.created_at, array(select a.alias from mooring.model_alias a
                              where a.model = v.model and a.version = v.version order by a.alias) as aliases
            from mooring.model_version v
            """;

    private final Transactions transactions;
    private final JdbcClient database;

    Catalog(Transactions transactions, JdbcClient database) {
        this.transactions = transactions;
        this.database = database;
    }

    /** The models whose names begin with {@code prefix}, by name. */
    Page<Model> models(String prefix, PageRequest page) {
        return transactions.read(() -> Page.of(
                database.sql(MODELS + """
                        where m.name > :after and m.name >= :prefix and starts_with(m.name, :prefix)
                        order by m.name limit :rows""")
                        .param("prefix", prefix)
                        .param("after", page.after() == null ? "" : page.after())
                        .param("rows", page.rows())
                        .query((row, n) -> model(row))
                        .list(),
                page,
                Paged.MODELS,
                Model::name));
    }

    Optional<Model> model(String name) {
        return transactions.read(() -> database.sql(MODELS + "where m.name = :name")
                .param("name", name)
                .query((row, n) -> model(row))
                .optional());
    }

    /** The versions of a model, newest first; empty if there is no such model. */
    Optional<Page<ModelVersion>> versions(String name, PageRequest page) {
        return ofKnown(
                name,
                () -> Page.of(
                        database.sql(VERSIONS + """
                                where v.model = :name and v.version < :below
                                order by v.version desc limit :rows""")
                                .param("name", name)
                                .param("below", page.below())
                                .param("rows", page.rows())
                                .query((row, n) -> version(row))
                                .list(),
                        page,
                        Paged.VERSIONS,
                        ModelVersion::version));
    }

    Optional<ModelVersion> version(String name, long version) {
        return transactions.read(() -> database.sql(VERSIONS + "where v.model = :name and v.version = :version")
                .param("name", name)
                .param("version", version)
                .query((row, n) -> version(row))
                .optional());
    }

    /** The history of a model, newest first; empty if there is no such model. */
    Optional<Page<HistoryEntry>> history(String name, PageRequest page) {
        return ofKnown(
                name,
                () -> Page.of(
                        database.sql("""
                                select seq, at, actor, action, version, alias, registration_id
                                from mooring.model_event
                                where model = :name and seq < :below
                                order by seq desc limit :rows""")
                                .param("name", name)
                                .param("below", page.below())
                                .param("rows", page.rows())
                                .query((row, n) -> entry(row))
                                .list(),
                        page,
                        Paged.HISTORY,
                        entry -> Long.toString(entry.seq())));
    }

    /** The page; empty if the model does not exist. Looks for the model only when the page has no items. */
    private <T> Optional<Page<T>> ofKnown(String name, Supplier<Page<T>> pages) {
        return transactions.read(() -> {
            Page<T> page = pages.get();
            return page.items().isEmpty() && !exists(name) ? Optional.empty() : Optional.of(page);
        });
    }

    private boolean exists(String name) {
        return database.sql("select exists (select from mooring.model where name = :name)")
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    private static Model model(ResultSet row) throws SQLException {
        return new Model(
                row.getString("name"),
                row.getString("last_version"),
                KeptJson.texts(row.getString("aliases")),
                Timestamps.read(row, "created_at"),
                Timestamps.read(row, "updated_at"));
    }

    private static ModelVersion version(ResultSet row) throws SQLException {
        return new ModelVersion(
                row.getString("model"),
                row.getString("version"),
                row.getString("source"),
                row.getString("run_id"),
                row.getString("description"),
                KeptJson.texts(row.getString("tags")),
                KeptJson.numbers(row.getString("metrics")),
                List.of((String[]) row.getArray("aliases").getArray()),
                row.getObject("registration_id", UUID.class),
                row.getString("registered_by"),
                Timestamps.read(row, "created_at"));
    }

    private static HistoryEntry entry(ResultSet row) throws SQLException {
        return new HistoryEntry(
                row.getLong("seq"),
                Timestamps.read(row, "at"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("version"),
                row.getString("alias"),
                row.getObject("registration_id", UUID.class));
    }
}
