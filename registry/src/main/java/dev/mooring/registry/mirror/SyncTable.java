package dev.mooring.registry.mirror;

import dev.mooring.operations.control.Timestamps;
import dev.mooring.registry.store.Origin;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The comparisons of the mirrors with MLflow: which process works on each, and how far it is. Callers use it in a transaction. Thread-safe.
 */
final class SyncTable {
    /** A process that died leaves its mirrors to others after that time. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final String COLUMNS = """
            phase, page_offset, last_name, started_at,
            cast(extract(epoch from clock_timestamp() - started_at) as float8) as started_ago,
            cast(extract(epoch from clock_timestamp() - complete_at) as float8) as complete_ago
            """;

    private final JdbcClient database;

    SyncTable(JdbcClient database) {
        this.database = database;
    }

    /** The mirror is compared from now on, if it was not before. */
    void add(Origin origin) {
        int added = database.sql("insert into mooring.mirror_sync (origin) values (:origin) on conflict do nothing")
                .param("origin", origin.value())
                .update();
        assert added <= 1;
    }

    /** All mirrors. */
    List<Origin> all() {
        return database.sql("select origin from mooring.mirror_sync order by origin")
                .query((row, n) -> new Origin(row.getString("origin")))
                .list();
    }

    /** How far the mirror is; empty if another process works on it. */
    Optional<Position> claim(Origin origin, UUID process) {
        return database.sql("""
                        update mooring.mirror_sync
                        set claimed_by = :process, claimed_until = clock_timestamp() + :lease * interval '1 millisecond'
                        where origin = :origin
                          and (claimed_by = :process or claimed_until is null or claimed_until < clock_timestamp())
                        returning\s""" + COLUMNS)
                .param("origin", origin.value())
                .param("process", process)
                .param("lease", LEASE.toMillis())
                .query((row, n) -> position(row))
                .optional();
    }

    /** Lets other processes work on the mirrors of this one. */
    void release(UUID process) {
        int released = database.sql(
                        "update mooring.mirror_sync set claimed_by = null, claimed_until = null where claimed_by = :process")
                .param("process", process)
                .update();
        assert released >= 0;
    }

    /** How far the mirror is. */
    Optional<Position> find(Origin origin) {
        return database.sql("select " + COLUMNS + "from mooring.mirror_sync where origin = :origin")
                .param("origin", origin.value())
                .query((row, n) -> position(row))
                .optional();
    }

    private static Position position(ResultSet row) throws SQLException {
        return new Position(
                Optional.ofNullable(row.getString("phase")).flatMap(Phase::of),
                row.getLong("page_offset"),
                Objects.requireNonNullElse(row.getString("last_name"), ""),
                Timestamps.find(row, "started_at"),
                duration(row, "started_ago"),
                duration(row, "complete_ago"));
    }

    private static Optional<Duration> duration(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Double.class))
                .map(seconds -> Duration.ofMillis(Math.max(0, (long) (seconds * 1e3))));
    }

    /** A comparison begins. */
    void begin(Origin origin) {
        move(origin, "phase = 'versions', page_offset = 0, last_name = '', started_at = clock_timestamp()");
    }

    /** The comparison is that far. */
    void save(Origin origin, Position position) {
        int saved = database.sql("""
                        update mooring.mirror_sync set phase = :phase, page_offset = :offset, last_name = :name
                        where origin = :origin""")
                .param("origin", origin.value())
                .param("phase", position.phase().map(Phase::code).orElse(null))
                .param("offset", position.offset())
                .param("name", position.lastName())
                .update();
        assert saved <= 1;
    }

    /** The comparison is complete: the mirror knows everything as it was when the comparison began, or later. */
    void complete(Origin origin) {
        move(origin, "phase = null, complete_at = started_at");
        int forgotten = database.sql("""
                        delete from mooring.mirror_gone
                        where origin = :origin and gone_at < clock_timestamp() - interval '1 hour'""").param("origin", origin.value()).update();
        assert forgotten >= 0;
    }

    private void move(Origin origin, String change) {
        int moved = database.sql("update mooring.mirror_sync set " + change + " where origin = :origin")
                .param("origin", origin.value())
                .update();
        assert moved <= 1;
    }

    /** The models of which the mirror does not know everything since {@code startedAt}. */
    List<String> rest(Origin origin, Instant startedAt, int most) {
        return database.sql("""
                        select name from mooring.model
                        where origin = :origin
                          and (confirmed_at is null or confirmed_at < :started or versions_at is null or versions_at < :started)
                        order by name limit :most""")
                .param("origin", origin.value())
                .param("started", Timestamps.parameter(startedAt))
                .param("most", most)
                .query((row, n) -> row.getString(1))
                .list();
    }

    /** A version whose files MLflow has to be asked for; not among {@code asked}. */
    List<String[]> links(Origin origin, int most) {
        return database.sql("""
                        select model, version from mooring.model_version
                        where origin = :origin and source like 'models:%' and download_source is null
                        order by model, version limit :most""")
                .param("origin", origin.value())
                .param("most", most)
                .query((row, n) -> new String[] {row.getString("model"), row.getString("version")})
                .list();
    }

    /** MLflow said where the files of the version are. */
    void link(Origin origin, String model, long version, String uri) {
        int linked = database.sql("""
                        update mooring.model_version set download_source = :uri
                        where origin = :origin and model = :model and version = :version and source like 'models:%'""")
                .param("origin", origin.value())
                .param("model", model)
                .param("version", version)
                .param("uri", uri)
                .update();
        assert linked <= 1;
    }
}
