package dev.mooring.registry.history;

import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.history.StateChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The changes that one run of the service records, and those of earlier ones; each call is part of its caller's transaction. */
final class StateChangeTable {
    /** More than memory holds of one dependency. */
    private static final int MOST = 5_000;

    private static final String LAST = "select coalesce(max(seq), 0) from mooring.state_change where run = ?";
    private static final String INSERT =
            "insert into mooring.state_change (run, seq, instance, dependency, at, status_from,"
                    + " status_to, lasted_ms, cause, failure_kind, seen_until) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " on conflict do nothing";
    private static final String SEEN = "update mooring.state_change set seen_until = ? where (run, seq) in"
            + " (select run, max(seq) from mooring.state_change where run = ? group by run, dependency)";
    private static final String FORGET = "delete from mooring.state_change where seen_until < ?";
    private static final String WHOSE = "select instance from mooring.state_change where run <> ? and seen_until > ?"
            + " group by instance order by instance = ? desc, max(seen_until) desc limit 1";
    private static final String EARLIER =
            "select run, instance, dependency, at, status_from, status_to, lasted_ms, cause,"
                    + " failure_kind, seen_until from mooring.state_change where run <> ? and instance = ? and seen_until > ?"
                    + " order by at desc, seq desc limit " + MOST;
    private static final Map<String, Status> STATUSES =
            Stream.of(Status.values()).collect(Collectors.toMap(Status::code, status -> status));

    private final UUID run;
    private final String instance;

    /** The table as it is used by one run on one instance. */
    StateChangeTable(UUID run, String instance) {
        this.run = run;
        this.instance = instance;
    }

    /** The number of the last change of this run that is there for good, 0 before the first. */
    long last(Connection connection) throws SQLException {
        try (PreparedStatement last = connection.prepareStatement(LAST)) {
            last.setObject(1, run);
            try (ResultSet row = last.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Adds changes by their numbers; those that are there already stay as they are. */
    void insert(Connection connection, Map<Long, StateChange> changes) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Map.Entry<Long, StateChange> one : changes.entrySet()) {
                StateChange change = one.getValue();
                insert.setObject(1, run);
                insert.setLong(2, one.getKey());
                insert.setString(3, instance);
                insert.setString(4, change.dependency());
                insert.setObject(5, time(change.at()));
                insert.setString(6, change.from().code());
                insert.setString(7, change.to().code());
                insert.setLong(8, change.lasted().toMillis());
                insert.setString(9, change.cause());
                insert.setString(10, change.kind().map(FailureKind::code).orElse(null));
                insert.setObject(11, time(change.at()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** This run is there at {@code now}, and what its last changes say still holds. */
    void seen(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement seen = connection.prepareStatement(SEEN)) {
            seen.setObject(1, time(now));
            seen.setObject(2, run);
            seen.executeUpdate();
        }
    }

    /** Removes what nobody was heard of for since {@code before}, whoever recorded it. */
    void forget(Connection connection, Instant before) throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
            forget.setObject(1, time(before));
            forget.executeUpdate();
        }
    }

    /** What earlier runs on this instance recorded after {@code since}, or else those on the instance last heard of; oldest first. */
    List<Recorded> earlier(Connection connection, Instant since) throws SQLException {
        Optional<String> whose = whose(connection, since);
        if (whose.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement select = connection.prepareStatement(EARLIER)) {
            select.setObject(1, run);
            select.setString(2, whose.get());
            select.setObject(3, time(since));
            List<Recorded> all = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    recorded(row).ifPresent(all::add);
                }
            }
            Collections.reverse(all);
            return all;
        }
    }

    private Optional<String> whose(Connection connection, Instant since) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(WHOSE)) {
            select.setObject(1, run);
            select.setObject(2, time(since));
            select.setString(3, instance);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /** Empty for a status that only a later version of the service knows. */
    private static Optional<Recorded> recorded(ResultSet row) throws SQLException {
        Status from = STATUSES.get(row.getString("status_from"));
        Status to = STATUSES.get(row.getString("status_to"));
        if (from == null || to == null) {
            return Optional.empty();
        }
        StateChange change = new StateChange(
                row.getString("dependency"),
                time(row, "at"),
                from,
                to,
                Duration.ofMillis(row.getLong("lasted_ms")),
                row.getString("cause"),
                kind(row.getString("failure_kind")));
        return Optional.of(new Recorded(
                row.getObject("run", UUID.class), row.getString("instance"), change, time(row, "seen_until")));
    }

    private static Optional<FailureKind> kind(String code) {
        return Stream.of(FailureKind.values())
                .filter(kind -> kind.code().equals(code))
                .findFirst();
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
