package dev.mooring.operations.history;

import dev.mooring.failure.Coded;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.history.StateChange;
import dev.mooring.operations.control.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code mooring.state_change}, as one run of the service uses it. Each method works in its caller's transaction. */
final class StateChangeTable {
    /**
     * The most changes that {@link #earlier} reads, of all dependencies together. The limit bounds the work of a start. Memory keeps at
     * most 2,000 changes of one dependency, so two full histories fit.
     */
    private static final int MOST = 5_000;

    private static final String LAST = "select coalesce(max(seq), 0) from mooring.state_change where run = :run";
    /** Inserts any number of changes in one round trip. */
    private static final String INSERT = """
            insert into mooring.state_change (run, seq, instance, dependency, at, status_from, status_to, lasted_ms, cause,
                                              failure_kind, seen_until)
            select :run, seq, :instance, dependency, at, status_from, status_to, lasted_ms, cause, failure_kind, at
            from unnest(cast(:seqs as bigint[]), cast(:dependencies as text[]), cast(:ats as timestamptz[]),
                        cast(:froms as text[]), cast(:tos as text[]), cast(:lasted as bigint[]), cast(:causes as text[]),
                        cast(:kinds as text[]))
                 as change (seq, dependency, at, status_from, status_to, lasted_ms, cause, failure_kind)
            on conflict do nothing""";

    private static final String SEEN = """
            update mooring.state_change set seen_until = :now
            where (run, seq) in
                  (select run, max(seq) from mooring.state_change where run = :run group by run, dependency)""";
    private static final String FORGET = "delete from mooring.state_change where seen_until < :before";
    private static final String WHOSE = """
            select instance from mooring.state_change where run <> :run and seen_until > :since
            group by instance order by instance = :instance desc, max(seen_until) desc limit 1""";
    private static final String EARLIER = """
            select run, instance, dependency, at, status_from, status_to, lasted_ms, cause, failure_kind, seen_until
            from mooring.state_change where run <> :run and instance = :whose and seen_until > :since
            order by at desc, seq desc limit :most""";

    private final UUID run;
    private final String instance;

    /** The table for the run {@code run} on {@code instance}. */
    StateChangeTable(UUID run, String instance) {
        this.run = run;
        this.instance = instance;
    }

    /** Returns the highest number of this run's committed changes; 0 before the first. */
    long last(JdbcClient database) {
        return database.sql(LAST).param("run", run).query(Long.class).single();
    }

    /** Inserts changes under their numbers. A change that is already in the table stays as it is. */
    void insert(JdbcClient database, SortedMap<Long, StateChange> changes) {
        database.sql(INSERT)
                .param("run", run)
                .param("instance", instance)
                .param("seqs", changes.keySet().toArray(Long[]::new))
                .param("dependencies", column(changes, StateChange::dependency))
                .param("ats", column(changes, change -> change.at().toString()))
                .param("froms", column(changes, change -> change.from().code()))
                .param("tos", column(changes, change -> change.to().code()))
                .param(
                        "lasted",
                        column(changes, change -> String.valueOf(change.lasted().toMillis())))
                .param("causes", column(changes, StateChange::cause))
                .param("kinds", column(changes, change -> change.kind()
                        .map(FailureKind::code)
                        .orElse(null)))
                .update();
    }

    private static @Nullable String[] column(
            SortedMap<Long, StateChange> changes, Function<StateChange, @Nullable String> read) {
        return changes.values().stream().map(read).toArray(String[]::new);
    }

    /** Records a heartbeat of this run: the last change of each dependency is still current at {@code now}. */
    void seen(JdbcClient database, Instant now) {
        database.sql(SEEN)
                .param("now", Timestamps.parameter(now))
                .param("run", run)
                .update();
    }

    /**
     * Deletes every row without a heartbeat since {@code before}: all rows of a run whose last heartbeat is older, and of every other run
     * each change that the next change of the same dependency had replaced by then.
     */
    void forget(JdbcClient database, Instant before) {
        database.sql(FORGET).param("before", Timestamps.parameter(before)).update();
    }

    /**
     * Returns the changes from other runs of this instance that were still current after {@code since}, oldest first; if there are more
     * than 5,000, the newest. If this instance has none, returns those of the instance with the latest heartbeat.
     */
    List<Recorded> earlier(JdbcClient database, Instant since) {
        Optional<String> whose = database.sql(WHOSE)
                .param("run", run)
                .param("since", Timestamps.parameter(since))
                .param("instance", instance)
                .query(String.class)
                .optional();
        if (whose.isEmpty()) {
            return List.of();
        }
        List<Recorded> all = new ArrayList<>(database
                .sql(EARLIER)
                .param("run", run)
                .param("whose", whose.get())
                .param("since", Timestamps.parameter(since))
                .param("most", MOST)
                .query((row, n) -> recorded(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList());
        Collections.reverse(all);
        return all;
    }

    /** Empty for a status that this version does not know; a later version recorded it. */
    private static Optional<Recorded> recorded(ResultSet row) throws SQLException {
        Optional<Status> from = Coded.find(Status.class, row.getString("status_from"));
        Optional<Status> to = Coded.find(Status.class, row.getString("status_to"));
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        StateChange change = new StateChange(
                row.getString("dependency"),
                Timestamps.read(row, "at"),
                from.get(),
                to.get(),
                Duration.ofMillis(row.getLong("lasted_ms")),
                row.getString("cause"),
                Coded.find(FailureKind.class, row.getString("failure_kind")));
        return Optional.of(new Recorded(
                row.getObject("run", UUID.class),
                row.getString("instance"),
                change,
                Timestamps.read(row, "seen_until")));
    }
}
