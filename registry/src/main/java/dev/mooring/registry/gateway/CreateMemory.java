package dev.mooring.registry.gateway;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table of the versions that clients asked MLflow to make within the last minutes. All instances share it, and its clock is the database's.
 * Each method is one statement. Thread-safe.
 */
final class CreateMemory {
    private static final String THIS = " where caller_hash = :caller and path = :path and body_hash = :body";
    /** The call that has the turn. */
    private static final String CALL = " and id = :id and attempt = :attempt";
    /** How long a request counts as a repetition: a stock client repeats for about four minutes, longer with Retry-After. */
    private static final String REMEMBERED = "interval '10 minutes'";

    private final JdbcClient database;

    CreateMemory(JdbcClient database) {
        this.database = database;
    }

    /**
     * What is known about a request.
     *
     * @param id the value of its tag
     * @param attempt how often it was sent
     * @param left how long an earlier call may still run; not negative
     * @param version the version that it made
     * @param answered whether the client has the answer
     */
    record Known(UUID id, int attempt, Duration left, OptionalLong version, boolean answered) {}

    /**
     * Remembers a request that is about to be sent.
     *
     * @return false if the same request was sent before and what became of it is not known
     */
    boolean begin(CreateKey key, UUID id, Duration longestCall) {
        return database.sql("""
                        insert into mooring.forwarded_create as known (caller_hash, path, body_hash, id, must_end_at)
                        values (:caller, :path, :body, :id, clock_timestamp() + make_interval(secs => :longest))
                        on conflict (caller_hash, path, body_hash) do update
                          set id = excluded.id, attempt = 1, begun_at = clock_timestamp(), must_end_at = excluded.must_end_at,
                              version = null, answered = false
                          where known.answered or known.begun_at < clock_timestamp() -\s""" + REMEMBERED)
                        .param("caller", key.caller())
                        .param("path", key.path())
                        .param("body", key.body())
                        .param("id", id)
                        .param("longest", longestCall.toMillis() / 1e3)
                        .update()
                == 1;
    }

    Optional<Known> find(CreateKey key) {
        return database.sql("""
                        select id, attempt, version, answered,
                               greatest(0, extract(epoch from must_end_at - clock_timestamp()))::float8 as left_seconds
                        from mooring.forwarded_create""" + THIS)
                .param("caller", key.caller())
                .param("path", key.path())
                .param("body", key.body())
                .query((row, number) -> {
                    long version = row.getLong("version");
                    return new Known(
                            row.getObject("id", UUID.class),
                            row.getInt("attempt"),
                            Duration.ofMillis((long) Math.ceil(row.getDouble("left_seconds") * 1e3)),
                            version == 0 ? OptionalLong.empty() : OptionalLong.of(version),
                            row.getBoolean("answered"));
                })
                .optional();
    }

    /** Takes the right to send the request again; only one instance gets it, and only when no earlier call can run any more. */
    boolean takeOver(CreateKey key, Known known, Duration longestCall) {
        return change(
                                "update mooring.forwarded_create set attempt = attempt + 1,"
                                        + " must_end_at = clock_timestamp() + make_interval(secs => :longest)" + THIS
                                        + " and id = :id and attempt = :attempt and version is null and must_end_at <= clock_timestamp()",
                                key,
                                known.id())
                        .param("attempt", known.attempt())
                        .param("longest", longestCall.toMillis() / 1e3)
                        .update()
                == 1;
    }

    /** Gives the call of this turn its longest time anew; false if another one took over, or the request is forgotten. */
    boolean extend(CreateKey key, UUID id, int attempt, Duration longestCall) {
        return change(
                                "update mooring.forwarded_create set must_end_at = clock_timestamp() + make_interval(secs => :longest)"
                                        + THIS + CALL,
                                key,
                                id)
                        .param("attempt", attempt)
                        .param("longest", longestCall.toMillis() / 1e3)
                        .update()
                == 1;
    }

    /** The request made this version. */
    void made(CreateKey key, UUID id, long version) {
        int unused = change("update mooring.forwarded_create set version = :version" + THIS + " and id = :id", key, id)
                .param("version", version)
                .update();
    }

    /** The client has the answer. */
    void answered(CreateKey key, UUID id) {
        int unused = change("update mooring.forwarded_create set answered = true" + THIS + " and id = :id", key, id)
                .update();
    }

    /** The call of this turn does not run any more; without effect if another one took over. */
    void ended(CreateKey key, UUID id, int attempt) {
        int unused = change(
                        "update mooring.forwarded_create set must_end_at = least(must_end_at, clock_timestamp())" + THIS
                                + CALL,
                        key,
                        id)
                .param("attempt", attempt)
                .update();
    }

    /** The call of this turn made nothing, and none will; without effect if another one took over. */
    void forget(CreateKey key, UUID id, int attempt) {
        int unused = change("delete from mooring.forwarded_create" + THIS + CALL, key, id)
                .param("attempt", attempt)
                .update();
    }

    /** What the request made is deleted. */
    void forget(CreateKey key, UUID id) {
        int unused = change("delete from mooring.forwarded_create" + THIS + " and id = :id", key, id)
                .update();
    }

    /** Deletes what is older than any repetition; gives how many rows that were. */
    int clean() {
        return database.sql(
                        "delete from mooring.forwarded_create where begun_at < clock_timestamp() - 2 * " + REMEMBERED)
                .update();
    }

    private JdbcClient.StatementSpec change(String sql, CreateKey key, UUID id) {
        return database.sql(sql)
                .param("caller", key.caller())
                .param("path", key.path())
                .param("body", key.body())
                .param("id", id);
    }
}
