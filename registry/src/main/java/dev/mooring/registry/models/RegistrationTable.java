package dev.mooring.registry.models;

import dev.mooring.failure.Coded;
import dev.mooring.registry.store.KeptJson;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The registrations of one registry and their outcomes in PostgreSQL. An idempotency key of another registry is another key, and a
 * registration of another registry is not found. Callers use it in a transaction of {@link Transactions}. Thread-safe.
 */
public final class RegistrationTable {
    /**
     * Inserts, into the local registry, in one round trip the registration, the version under the next number of its model, and the entry in the history.
     * Requests for one model wait for each other at the model's row, so the numbers have no gaps and no duplicates. Inserts nothing
     * when the table already holds a registration with the same id or the same idempotency key.
     */
    private static final String INSERT = """
            with wanted as (
              insert into mooring.registration (registration_id, origin, scope, idempotency_key, request_hash, model)
              values (:id, '', :scope, :key, :hash, :name)
              on conflict do nothing
              returning registration_id, model
            ), numbered as (
              insert into mooring.model as m (name, last_version)
              select model, 1 from wanted
              on conflict (origin, name) do update set last_version = m.last_version + 1, updated_at = clock_timestamp(),
                last_updated = date_trunc('milliseconds', clock_timestamp())
              returning m.name, m.model_id, m.last_version as version, m.updated_at as at
            ), versioned as (
              insert into mooring.model_version (model, version, registration_id, source, run_id, description, tags, metrics,
                                                 registered_by, created_at, last_updated)
              select name, version, cast(:id as uuid), :source, :run_id, :description, cast(:tags as jsonb),
                     cast(:metrics as jsonb), :scope, at, date_trunc('milliseconds', at)
              from numbered
            ), remembered as (
              insert into mooring.model_event (model, model_id, action, version, registration_id, actor, at)
              select name, model_id, 'registered', version, cast(:id as uuid), :scope, at from numbered
            ), decided as (
              insert into mooring.registration_outcome (registration_id, status, version, decided_at)
              select cast(:id as uuid), 'registered', version, at from numbered
            )
            select version, model_id from numbered
            """;

    /** Inserts the registration alone. Inserts nothing when the table already holds one with the same id or idempotency key. */
    private static final String ACCEPT = """
            insert into mooring.registration (registration_id, origin, scope, idempotency_key, request_hash, model)
            values (:id, :origin, :scope, :key, :hash, :name)
            on conflict do nothing
            """;

    private static final String DECIDE = """
            insert into mooring.registration_outcome (registration_id, status, version, cause)
            values (:id, :status, :version, :cause)
            on conflict do nothing
            """;

    private static final String SELECT = """
            select r.registration_id, r.model, o.status, o.version, o.cause
            from mooring.registration r left join mooring.registration_outcome o using (registration_id)
            where r.registration_id = :id and r.origin = :origin
            """;

    private static final String SELECT_STANDING = """
            select r.registration_id, r.model, o.status, o.version, o.cause, r.request_hash = :hash as same_request
            from mooring.registration r left join mooring.registration_outcome o using (registration_id)
            where r.registration_id = :id or (r.origin = :origin and r.scope = :scope and r.idempotency_key = :key)
            """;

    private final Origin origin;
    private final JdbcClient database;

    /** The registrations of the registry {@code origin}. */
    public RegistrationTable(Origin origin, JdbcClient database) {
        this.origin = origin;
        this.database = database;
    }

    /** Inserts a registration with its version; empty if the table holds it already. */
    Optional<Inserted> insert(NewRegistration wanted) {
        RegistrationRequest request = wanted.request();
        return database.sql(INSERT)
                .param("id", wanted.id())
                .param("scope", wanted.scope())
                .param("key", keyOf(wanted))
                .param("hash", request.hash())
                .param("name", request.name().value())
                .param("source", request.source())
                .param("run_id", request.runId())
                .param("description", request.description())
                .param("tags", KeptJson.text(request.tags()))
                .param("metrics", KeptJson.text(request.metrics()))
                .query((row, n) -> new Inserted(row.getLong("version"), row.getObject("model_id", UUID.class)))
                .optional();
    }

    /** Inserts a registration whose version MLflow will make; false if the table holds it already. */
    public boolean accept(NewRegistration wanted) {
        return database.sql(ACCEPT)
                        .param("id", wanted.id())
                        .param("origin", origin.value())
                        .param("scope", wanted.scope())
                        .param("key", keyOf(wanted))
                        .param("hash", wanted.request().hash())
                        .param("name", wanted.request().name().value())
                        .update()
                > 0;
    }

    /** Notes the version that an accepted registration made; without effect if it has an outcome. */
    public void registered(UUID id, long version) {
        decide(id, RegistrationStatus.REGISTERED, version, null);
    }

    /** Notes why an accepted registration was rejected; without effect if it has an outcome. */
    public void rejected(UUID id, String cause) {
        decide(id, RegistrationStatus.REJECTED, null, cause);
    }

    private void decide(UUID id, RegistrationStatus status, @Nullable Long version, @Nullable String cause) {
        int decided = database.sql(DECIDE)
                .param("id", id)
                .param("status", status.code())
                .param("version", version, Types.BIGINT)
                .param("cause", cause, Types.VARCHAR)
                .update();
        assert decided <= 1;
    }

    /** The registration that has the id or the idempotency key of {@code wanted}. */
    Standing standingInTheWayOf(NewRegistration wanted) {
        return database.sql(SELECT_STANDING)
                .param("id", wanted.id())
                .param("origin", origin.value())
                .param("scope", wanted.scope())
                .param("key", keyOf(wanted))
                .param("hash", wanted.request().hash())
                .query((row, n) -> new Standing(registration(row), row.getBoolean("same_request")))
                .single();
    }

    /** The registration with this id. */
    public Optional<Registration> find(UUID id) {
        return database.sql(SELECT)
                .param("id", id)
                .param("origin", origin.value())
                .query((row, n) -> registration(row))
                .optional();
    }

    /** Whether another registry has the registration with this id. */
    boolean isElsewhere(UUID id) {
        return database.sql("""
                        select exists (select from mooring.registration where registration_id = :id and origin <> :origin)""")
                .param("id", id)
                .param("origin", origin.value())
                .query(Boolean.class)
                .single();
    }

    private static Registration registration(ResultSet row) throws SQLException {
        String status = row.getString("status");
        Long version = row.getObject("version", Long.class);
        return new Registration(
                row.getObject("registration_id", UUID.class),
                row.getString("model"),
                status == null
                        ? RegistrationStatus.ACCEPTED
                        : Coded.find(RegistrationStatus.class, status).orElseThrow(),
                version == null ? OptionalLong.empty() : OptionalLong.of(version),
                Optional.ofNullable(row.getString("cause")));
    }

    private static @Nullable String keyOf(NewRegistration wanted) {
        return wanted.key() == null ? null : wanted.key().value();
    }

    /**
     * A version that a registration made.
     *
     * @param version its number
     * @param modelId the id of its model
     */
    record Inserted(long version, UUID modelId) {}

    /**
     * A registration that the table held before.
     *
     * @param registration the registration
     * @param sameRequest whether its request had the same content
     */
    record Standing(Registration registration, boolean sameRequest) {}
}
