package dev.mooring.registry.models;

import dev.mooring.operations.control.Timestamps;
import dev.mooring.registry.store.Alias;
import dev.mooring.registry.store.AliasTable;
import dev.mooring.registry.store.HistoryTable;
import dev.mooring.registry.store.KeptJson;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.StoredVersion;
import dev.mooring.registry.store.Transactions;
import dev.mooring.registry.store.VersionTable;
import dev.mooring.spring.page.Page;
import dev.mooring.spring.page.PageRequest;
import dev.mooring.spring.request.RequestMemory;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the models of one origin, their versions and their history. Thread-safe. */
public final class Catalog {
    private static final String MODEL = """
            select m.name, m.created_at, m.updated_at,
                   (select max(v.version) from mooring.model_version v where v.origin = m.origin and v.model = m.name) as newest,
                   coalesce((select jsonb_object_agg(a.alias, a.version::text) from mooring.model_alias a
                             where a.origin = m.origin and a.model = m.name), '{}') as aliases
            from mooring.model m
            where m.origin = :origin
            """;

    /** A page of models. It ends with the second model after those whose aliases have {@code :bytes}. */
    private static final String MODELS = "with page as (" + MODEL + """
              and m.name > :after and m.name >= :prefix and starts_with(m.name, :prefix)
              order by m.name limit :rows
            ), sized as (
              select p.*, sum(octet_length(p.aliases::text)) over (order by p.name rows between unbounded preceding
                                                                   and 2 preceding) as before
              from page p
            )
            select * from sized where before is null or before < :bytes order by name
            """;

    /** A name and its times. */
    private static final int BYTES_OF_A_MODEL = 1_000;
    /** A text is in memory as the database sends it, as JSON, as a text, and with its own object. */
    private static final int COPIES = 6;

    private final Origin origin;
    private final Transactions transactions;
    private final JdbcClient database;
    private final VersionTable versions;
    private final AliasTable aliases;
    private final HistoryTable history;

    /** A catalog of the models of {@code origin}. */
    public Catalog(Origin origin, Transactions transactions, JdbcClient database) {
        this.origin = origin;
        this.transactions = transactions;
        this.database = database;
        this.versions = new VersionTable(database);
        this.aliases = new AliasTable(database);
        this.history = new HistoryTable(database);
    }

    /** The models whose names begin with {@code prefix}, by name. */
    public Page<Model> models(String prefix, PageRequest page) {
        return transactions.read(() -> Page.of(
                        database.sql(MODELS)
                                .param("bytes", PageRequest.MOST_BYTES)
                                .param("origin", origin.value())
                                .param("prefix", prefix)
                                .param("after", page.after() == null ? "" : page.after())
                                .param("rows", page.rows())
                                .query((row, n) -> sized(row))
                                .list(),
                        page,
                        Paged.MODELS,
                        Sized::name,
                        Sized::bytes)
                .map(Sized::model));
    }

    /** The model. */
    public Optional<Model> model(String name) {
        return transactions.read(() -> database.sql(MODEL + "and m.name = :name")
                .param("origin", origin.value())
                .param("name", name)
                .query((row, n) -> sized(row).model())
                .optional());
    }

    /** The versions of a model, newest first; empty if there is no such model. */
    public Optional<Page<ModelVersion>> versions(String name, PageRequest page) {
        return ofKnown(
                () -> Page.of(
                                versions.below(origin, name, page.below(), page.rows(), PageRequest.MOST_BYTES),
                                page,
                                Paged.VERSIONS,
                                version -> Long.toString(version.version()),
                                StoredVersion::bytes)
                        .map(ModelVersion::of),
                () -> exists(name));
    }

    /** The version. */
    public Optional<ModelVersion> version(String name, long version) {
        return transactions.read(() -> versions.find(origin, name, version)).map(ModelVersion::of);
    }

    /** The version to which an alias points; empty if there is no such alias. */
    public Optional<ModelVersion> version(String name, Alias alias) {
        return transactions.read(() -> aliases.find(origin, name, alias)).map(ModelVersion::of);
    }

    /** The history of every model that has or had this name, newest first; empty if none ever had it. */
    public Optional<Page<HistoryEntry>> history(String name, PageRequest page) {
        return ofKnown(() -> entries(name, page, null), () -> history.knows(origin, name));
    }

    /** The same up to a time, and the version to which each alias pointed then. */
    public Optional<HistoryThen> history(String name, Instant until, PageRequest page) {
        return transactions.read(() -> {
            if (!history.knows(origin, name)) {
                return Optional.empty();
            }
            SortedMap<String, String> aliases = new TreeMap<>();
            history.aliasesAt(origin, name, until)
                    .forEach((alias, version) -> aliases.put(alias, Long.toString(version)));
            return Optional.of(new HistoryThen(entries(name, page, until), aliases));
        });
    }

    private Page<HistoryEntry> entries(String name, PageRequest page, @Nullable Instant until) {
        return Page.of(
                history.below(origin, name, page.below(), page.rows(), until).stream()
                        .map(HistoryEntry::of)
                        .toList(),
                page,
                Paged.HISTORY,
                entry -> Long.toString(entry.seq()));
    }

    /** The page; empty if it has no items and the model is not known. */
    private <T> Optional<Page<T>> ofKnown(Supplier<Page<T>> pages, BooleanSupplier known) {
        return transactions.read(() -> {
            Page<T> page = pages.get();
            return page.items().isEmpty() && !known.getAsBoolean() ? Optional.empty() : Optional.of(page);
        });
    }

    private boolean exists(String name) {
        return database.sql("select exists (select from mooring.model where origin = :origin and name = :name)")
                .param("origin", origin.value())
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    /**
     * A model of a page.
     *
     * @param bytes the size of its aliases
     */
    private record Sized(Model model, int bytes) {
        String name() {
            return model.name();
        }
    }

    private static Sized sized(ResultSet row) throws SQLException {
        String aliases = row.getString("aliases");
        RequestMemory.take(BYTES_OF_A_MODEL + (long) COPIES * aliases.length());
        Model model = new Model(
                row.getString("name"),
                row.getString("newest"),
                KeptJson.texts(aliases),
                Timestamps.read(row, "created_at"),
                Timestamps.read(row, "updated_at"));
        return new Sized(model, aliases.getBytes(StandardCharsets.UTF_8).length);
    }
}
