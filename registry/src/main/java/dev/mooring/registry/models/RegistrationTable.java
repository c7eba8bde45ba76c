package dev.mooring.registry.models;

import dev.mooring.registry.store.KeptJson;
import dev.mooring.registry.store.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The registrations in PostgreSQL. Callers use it in a transaction of {@link Transactions}. Thread-safe. */
final class RegistrationTable {
    /**
     * Inserts in one round trip the registration, the version under the next number of its model, and the entry in the history.
     * Requests for one model wait for each other at the model's row, so the numbers have no gaps and no duplicates. Inserts nothing
     * when the table already holds a registration with the same id or the same idempotency key.
     */
    private static final String INSERT = """
            with wanted as (
              insert into mooring.registration (registration_id, scope, idempotency_key, request_hash, model)
              values (:id, :scope, :key, :hash, :name)
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
            )
            select version from numbered
            """;

    private static final String SELECT = """
            select r.registration_id, r.model, v.version
            from mooring.registration r join mooring.model_version v using (registration_id)
            where r.registration_id = :id
            """;

    private static final String SELECT_STANDING = """
            select r.registration_id, r.model, v.version, r.request_hash = :hash as same_request
            from mooring.registration r join mooring.model_version v using (registration_id)
            where r.registration_id = :id or (r.scope = :scope and r.idempotency_key = :key)
            """;

    private final JdbcClient database;

    RegistrationTable(JdbcClient database) {
        this.database = database;
    }

    /** Inserts a registration and gives the number of its version; empty if the table holds it already. */
    OptionalLong insert(NewRegistration wanted) {
        RegistrationRequest request = wanted.request();
        Optional<Long> version = database.sql(INSERT)
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
                .query(Long.class)
                .optional();
        return version.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** The registration that has the id or the idempotency key of {@code wanted}. */
    Standing standingInTheWayOf(NewRegistration wanted) {
        return database.sql(SELECT_STANDING)
                .param("id", wanted.id())
                .param("scope", wanted.scope())
                .param("key", keyOf(wanted))
                .param("hash", wanted.request().hash())
                .query((row, n) -> new Standing(registration(row), row.getBoolean("same_request")))
                .single();
    }

    Optional<Registration> find(UUID id) {
        return database.sql(SELECT)
                .param("id", id)
                .query((row, n) -> registration(row))
                .optional();
    }

    private static Registration registration(ResultSet row) throws SQLException {
        return new Registration(
                row.getObject("registration_id", UUID.class), row.getString("model"), row.getLong("version"));
    }

    private static @Nullable String keyOf(NewRegistration wanted) {
        return wanted.key() == null ? null : wanted.key().value();
    }

    /**
     * A registration that the table held before.
     *
     * @param registration the registration
     * @param sameRequest whether its request had the same content
     */
    record Standing(Registration registration, boolean sameRequest) {}
}
