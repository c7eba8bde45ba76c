package dev.mooring.registry.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The versions. Callers use it in a transaction of {@link Transactions}. Thread-safe. */
public final class VersionTable {
    private static final String LIST =
            "v.model, v.version, v.source, v.download_source, v.run_id, v.run_link, v.description, v.tags, v.metrics,"
                    + " v.current_stage, v.bytes, v.registration_id, v.registered_by, v.created_at, v.last_updated, ";

    private static final String FIELDS = "select " + LIST;

    private static final String ALIASES = """
            array(select a.alias from mooring.model_alias a
                  where a.origin = v.origin and a.model = v.model and a.version = v.version order by a.alias) as aliases""";

    /** The columns of a version {@code v} without its aliases. */
    static final String COLUMNS = FIELDS + "cast('{}' as text[]) as aliases";

    /** The columns of a version {@code v} with its aliases. */
    static final String COLUMNS_WITH_ALIASES = FIELDS + ALIASES;

    private static final String ONE = " where v.origin = :origin and v.model = :model and v.version = :version";

    /**
     * Writers of one model wait for each other at the model's row, so the numbers have no gaps and no duplicates. An equal call waits at the
     * key of its request, and then is not {@code first}.
     *
     * <p>Half the time of a call is this statement, and each part that only rare calls need would cost all of them: to find the version of
     * an equal call, and to forget one, are statements of their own. It looks for no request, because the plan for such a look may be made
     * while there are few, and then reads all of them. What the caller gave is not read back.
     */
    private static final String CREATE = """
            with numbered as (
              update mooring.model set last_version = last_version + 1, updated_at = clock_timestamp(),
                     last_updated = date_trunc('milliseconds', clock_timestamp())
              where origin = :origin and name = :model
              returning origin, name, model_id, last_version, last_updated
            ), made as (
              insert into mooring.model_version (origin, model, version, source, download_source, run_id, run_link,
                                                 description, tags, registered_by, created_at, last_updated)
              select origin, name, last_version, :source, :download_source, :run_id, :run_link, :description,
                     cast(:tags as jsonb), :actor, last_updated, last_updated
              from numbered
              returning bytes
            ), remembered as (
              insert into mooring.model_event (origin, model, model_id, action, version, actor)
              select origin, name, model_id, 'registered', last_version, :actor from numbered
            ), requested as (
              insert into mooring.version_request (digest, origin, model, version, holder)
              select :digest, origin, name, last_version, cast(:holder as uuid) from numbered
              on conflict (digest) do nothing
              returning digest
            )
            select n.model_id, n.last_version, n.last_updated, v.bytes, exists (select from requested) as first
            from numbered n cross join made v
            """;

    private static final String EARLIER = FIELDS + """
            cast('{}' as text[]) as aliases, r.holder,
            extract(epoch from clock_timestamp() - r.made_at) * 1000 as age_ms, m.model_id
            from mooring.version_request r
            join mooring.model_version v on v.origin = r.origin and v.model = r.model and v.version = r.version
            join mooring.model m on m.origin = v.origin and m.name = v.model
            where r.digest = :digest and r.made_at > clock_timestamp() - cast(:repeatable as interval)
            """;

    /**
     * Takes the row of the model first, as {@link #CREATE} does: in another order two equal calls could wait for each other. Leaves the
     * request of an equal call that came in meanwhile.
     */
    private static final String FORGET = """
            delete from mooring.version_request
            where digest = :digest and (:answered or made_at <= clock_timestamp() - cast(:repeatable as interval))
              and exists (select from mooring.model where origin = :origin and name = :model for no key update)
            """;

    private static final String DELETE = """
            with unaliased as (
              delete from mooring.model_alias
              where origin = :origin and model = :model and version = :version
              returning alias
            ), deleted as (
              delete from mooring.model_version
              where origin = :origin and model = :model and version = :version
              returning origin, model, version
            ), touched as (
              update mooring.model m set updated_at = clock_timestamp(),
                     last_updated = date_trunc('milliseconds', clock_timestamp())
              from deleted d where m.origin = d.origin and m.name = d.model
              returning m.model_id
            )
            insert into mooring.model_event (origin, model, model_id, action, version, alias, actor)
            select origin, model, model_id, action, version, alias, :actor
            from deleted, touched,
                 (select 'alias_removed' as action, alias from unaliased
                  union all select 'version_deleted', null) as events
            order by action
            """;

    private final JdbcClient database;

    /** A table that runs its statements with {@code database}. */
    public VersionTable(JdbcClient database) {
        this.database = database;
    }

    /**
     * Makes a version under the next number of its model. Empty if there is no such model, and no equal call made a version of it before
     * it got another name.
     *
     * @throws KnownRequestException the database knows an equal call whose answer is not known to have reached its client; the caller rolls
     *     back, and asks for {@link #repeated} in another transaction
     */
    public Optional<MadeVersion> create(Origin origin, NewVersion version, VersionRequest request, String actor) {
        Optional<MadeVersion> made = database.sql(CREATE)
                .param("origin", origin.value())
                .param("model", version.model())
                .param("source", version.source())
                .param("download_source", version.downloadSource())
                .param("run_id", version.runId())
                .param("run_link", version.runLink())
                .param("description", version.description())
                .param("tags", KeptJson.text(version.tags()))
                .param("actor", actor)
                .param("digest", request.digest())
                .param("holder", request.holder())
                .query((row, n) -> made(row, version, request, actor))
                .optional();
        return made.isPresent() ? made : earlier(request);
    }

    private static MadeVersion made(ResultSet row, NewVersion version, VersionRequest request, String actor)
            throws SQLException {
        if (!row.getBoolean("first")) {
            throw new KnownRequestException();
        }
        return new MadeVersion(
                Rows.made(row, version, actor),
                row.getObject("model_id", UUID.class),
                false,
                request.holder(),
                Duration.ZERO);
    }

    /**
     * Finds the version that an equal call made whose answer is not known to have reached its client. Makes one where there is none, as
     * {@link #create} does.
     */
    public Optional<MadeVersion> repeated(Origin origin, NewVersion version, VersionRequest request, String actor) {
        Optional<MadeVersion> earlier = earlier(request);
        if (earlier.isPresent()) {
            return earlier;
        }
        database.sql(FORGET)
                .param("origin", origin.value())
                .param("model", version.model())
                .param("digest", request.digest())
                .param("answered", request.answered())
                .param("repeatable", VersionRequest.REPEATABLE.toSeconds() + " s")
                .update();
        return create(origin, version, request, actor);
    }

    private Optional<MadeVersion> earlier(VersionRequest request) {
        if (request.answered()) {
            return Optional.empty();
        }
        return database.sql(EARLIER)
                .param("digest", request.digest())
                .param("repeatable", VersionRequest.REPEATABLE.toSeconds() + " s")
                .query((row, n) -> new MadeVersion(
                        Rows.version(row),
                        row.getObject("model_id", UUID.class),
                        true,
                        row.getObject("holder", UUID.class),
                        Duration.ofMillis(row.getLong("age_ms"))))
                .optional();
    }

    /**
     * Forgets requests whose answers have reached their clients, and those that are too old to be repeated. A crash of the server may
     * lose this, which does no harm, so it does not wait for the disk.
     */
    public void forget(List<byte[]> digests) {
        database.sql("""
                        with fast as materialized (select set_config('synchronous_commit', 'off', true))
                        delete from mooring.version_request using fast
                        where digest in (:digests) or made_at < clock_timestamp() - cast(:repeatable as interval)""")
                .param("digests", digests)
                .param("repeatable", VersionRequest.REPEATABLE.toSeconds() + " s")
                .update();
    }

    /** The version with its aliases. */
    public Optional<StoredVersion> find(Origin origin, String model, long version) {
        return one(COLUMNS_WITH_ALIASES + " from mooring.model_version v" + ONE, origin, model, version)
                .query((row, n) -> Rows.version(row))
                .optional();
    }

    /** The newest version of a model, with its aliases. */
    public Optional<StoredVersion> newest(Origin origin, String model) {
        return below(origin, model, Long.MAX_VALUE, 1, Long.MAX_VALUE).stream().findFirst();
    }

    /**
     * The versions of a model below a number, newest first, with their aliases: at most {@code limit}, and up to the second one after those
     * that have {@code bytes}.
     */
    public List<StoredVersion> below(Origin origin, String model, long below, int limit, long bytes) {
        return database.sql(COLUMNS_WITH_ALIASES + """
                         from (select w.*, sum(w.bytes) over (order by w.version desc rows between unbounded preceding
                                                              and 2 preceding) as before
                              from (select * from mooring.model_version
                                    where origin = :origin and model = :model and version < :below
                                    order by version desc limit :limit) w) v
                        where v.before is null or v.before < :bytes
                        order by v.version desc""")
                .param("origin", origin.value())
                .param("model", model)
                .param("below", below)
                .param("limit", limit)
                .param("bytes", bytes)
                .query((row, n) -> Rows.version(row))
                .list();
    }

    /** Sets the description, or clears it with null; empty if there is no such version. The model's times stay. */
    public Optional<StoredVersion> describe(Origin origin, String model, long version, @Nullable String description) {
        return one("""
                                update mooring.model_version v set description = :description,
                                       last_updated = date_trunc('milliseconds', clock_timestamp())""" + ONE + " returning " + LIST + ALIASES, origin, model, version)
                .param("description", description)
                .query((row, n) -> Rows.version(row))
                .optional();
    }

    /** Deletes a version with its aliases; false if there is no such version. Its number is not used again. */
    public boolean delete(Origin origin, String model, long version, String actor) {
        return one(DELETE, origin, model, version).param("actor", actor).update() > 0;
    }

    /**
     * Sets a tag; false if there is no such version.
     *
     * @throws LimitReachedException the version would have more tags than {@link TagLimits} allow
     */
    public boolean setTag(Origin origin, String model, long version, String key, String value) {
        return TagLimits.set(
                "mooring.model_version",
                "origin = :origin and model = :model and version = :version",
                origin,
                sql -> one(sql, origin, model, version).param("key", key).param("value", value));
    }

    /** Removes a tag if the version has it; false if there is no such version. */
    public boolean removeTag(Origin origin, String model, long version, String key) {
        return one("update mooring.model_version v set tags = tags - :key" + ONE, origin, model, version)
                        .param("key", key)
                        .update()
                > 0;
    }

    private JdbcClient.StatementSpec one(String sql, Origin origin, String model, long version) {
        return database.sql(sql)
                .param("origin", origin.value())
                .param("model", model)
                .param("version", version);
    }
}
