package dev.mooring.registry.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The models. Callers use it in a transaction of {@link Transactions}. Thread-safe. */
public final class ModelTable {
    static final String COLUMNS = "name, description, tags, last_version, bytes, created_at, updated_at, last_updated";

    private static final String CREATE = """
            with moment as materialized (select date_trunc('milliseconds', clock_timestamp()) as at),
            made as (
              insert into mooring.model (origin, name, description, tags, created_at, updated_at, last_updated)
              select :origin, :name, :description, cast(:tags as jsonb), at, at, at from moment
              on conflict do nothing
              returning *
            ), remembered as (
              insert into mooring.model_event (origin, model, model_id, action, actor)
              select origin, name, model_id, 'created', :actor from made
            )
            select * from made
            """;

    /** The event has the new name; {@code details} has both. */
    private static final String RENAME = """
            with renamed as (
              update mooring.model set name = :to, updated_at = clock_timestamp(),
                     last_updated = date_trunc('milliseconds', clock_timestamp())
              where origin = :origin and name = :from
              returning *
            ), remembered as (
              insert into mooring.model_event (origin, model, model_id, action, actor, details)
              select origin, name, model_id, 'renamed', :actor,
                     jsonb_build_object('from', cast(:from as text), 'to', cast(:to as text))
              from renamed where :from <> :to
            )
            select * from renamed
            """;

    private static final String DELETE = """
            with deleted as (
              delete from mooring.model where origin = :origin and name = :name returning origin, name, model_id
            )
            insert into mooring.model_event (origin, model, model_id, action, actor)
            select origin, name, model_id, 'deleted', :actor from deleted
            """;

    private final JdbcClient database;

    /** A table that runs its statements with {@code database}. */
    public ModelTable(JdbcClient database) {
        this.database = database;
    }

    /** Makes a model without versions; empty if there is one of this name. */
    public Optional<StoredModel> create(Origin origin, NewModel model, String actor) {
        return database.sql(CREATE)
                .param("origin", origin.value())
                .param("name", model.name())
                .param("description", model.description())
                .param("tags", KeptJson.text(model.tags()))
                .param("actor", actor)
                .query((row, n) -> Rows.model(row))
                .optional();
    }

    /** The model of this name. */
    public Optional<StoredModel> find(Origin origin, String name) {
        return find(origin, name, "");
    }

    /** The model of this name. Until the transaction ends, other transactions that change it wait. */
    public Optional<StoredModel> lock(Origin origin, String name) {
        return find(origin, name, " for update");
    }

    private Optional<StoredModel> find(Origin origin, String name, String lock) {
        return database.sql("select " + COLUMNS + " from mooring.model where origin = :origin and name = :name" + lock)
                .param("origin", origin.value())
                .param("name", name)
                .query((row, n) -> Rows.model(row))
                .optional();
    }

    /** Sets the description, or clears it with null; empty if there is no such model. */
    public Optional<StoredModel> describe(Origin origin, String name, @Nullable String description) {
        return database.sql("""
                        update mooring.model set description = :description, updated_at = clock_timestamp(),
                               last_updated = date_trunc('milliseconds', clock_timestamp())
                        where origin = :origin and name = :name returning *""")
                .param("origin", origin.value())
                .param("name", name)
                .param("description", description)
                .query((row, n) -> Rows.model(row))
                .optional();
    }

    /** Moves the model's times to now; empty if there is no such model. It locks the model like {@link #lock}. */
    public Optional<StoredModel> touch(Origin origin, String name) {
        return database.sql("""
                        update mooring.model set updated_at = clock_timestamp(),
                               last_updated = date_trunc('milliseconds', clock_timestamp())
                        where origin = :origin and name = :name returning *""")
                .param("origin", origin.value())
                .param("name", name)
                .query((row, n) -> Rows.model(row))
                .optional();
    }

    /**
     * Gives a model another name, with its versions and aliases; the time of each version becomes that of the model. Empty if there is no
     * such model.
     *
     * @throws org.springframework.dao.DuplicateKeyException another model has the name {@code to}
     */
    public Optional<StoredModel> rename(Origin origin, String from, String to, String actor) {
        Optional<StoredModel> renamed = database.sql(RENAME)
                .param("origin", origin.value())
                .param("from", from)
                .param("to", to)
                .param("actor", actor)
                .query((row, n) -> Rows.model(row))
                .optional();
        renamed.ifPresent(model -> database.sql("""
                        update mooring.model_version v set last_updated = m.last_updated
                        from mooring.model m
                        where m.origin = :origin and m.name = :to and v.origin = m.origin and v.model = m.name""")
                .param("origin", origin.value())
                .param("to", to)
                .update());
        return renamed;
    }

    /** Deletes a model with its versions and aliases; false if there is no such model. */
    public boolean delete(Origin origin, String name, String actor) {
        return database.sql(DELETE)
                        .param("origin", origin.value())
                        .param("name", name)
                        .param("actor", actor)
                        .update()
                > 0;
    }

    /**
     * Sets a tag; false if there is no such model.
     *
     * @throws LimitReachedException the model would have more tags than {@link TagLimits} allow
     */
    public boolean setTag(Origin origin, String name, String key, String value) {
        return TagLimits.set("mooring.model", "origin = :origin and name = :name", origin, sql -> database.sql(sql)
                .param("origin", origin.value())
                .param("name", name)
                .param("key", key)
                .param("value", value));
    }

    /** Removes a tag if the model has it; false if there is no such model. */
    public boolean removeTag(Origin origin, String name, String key) {
        return database.sql("update mooring.model set tags = tags - :key where origin = :origin and name = :name")
                        .param("origin", origin.value())
                        .param("name", name)
                        .param("key", key)
                        .update()
                > 0;
    }
}
