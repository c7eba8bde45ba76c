package dev.mooring.registry.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The audit in PostgreSQL. Every call is made within a transaction of somebody's. */
final class AuditTable {
    private static final String LOCK = """
            update mooring.audit_head set seq = seq returning seq, hash, clock_timestamp()""";

    private static final String INSERT = """
            insert into mooring.audit_entry (seq, entry_id, at, entered_at, actor, action, subject, reason, details, hash)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String ADVANCE = "update mooring.audit_head set seq = ?, hash = ?";

    private static final String IS_THERE = "select exists (select from mooring.audit_entry where entry_id = ?)";

    private static final String PAGE = """
            select seq, entry_id, at, entered_at, actor, action, subject, reason, details, hash
            from mooring.audit_entry
            where seq < ? and at >= ? and (? = '' or actor = ?)
            order by seq desc limit ?""";

    /** One statement, so that the head and the entries are of one moment. */
    private static final String BATCH = """
            select e.seq, entry_id, at, entered_at, actor, action, subject, reason, details, e.hash, h.seq, h.hash
            from mooring.audit_head h left join mooring.audit_entry e on e.seq > ?
            order by e.seq limit ?""";

    private AuditTable() {}

    /** Locks the end of the chain until the transaction ends, and adds an entry to it. */
    static ChainLink append(Connection connection, AuditEntry entry) throws SQLException {
        ChainLink before;
        Instant now;
        try (PreparedStatement lock = connection.prepareStatement(LOCK);
                ResultSet head = lock.executeQuery()) {
            if (!head.next()) {
                throw new IllegalStateException(
                        "mooring.audit_head is empty: the end of the audit's chain was removed");
            }
            before = ChainLink.of(head.getLong(1), head.getBytes(2));
            now = instant(head, 3);
        }
        ChainLink link = before.next(entry, now);
        insert(connection, new RecordedEntry(entry, now, link));
        try (PreparedStatement advance = connection.prepareStatement(ADVANCE)) {
            advance.setLong(1, link.seq());
            advance.setBytes(2, link.hashBytes());
            advance.executeUpdate();
        }
        return link;
    }

    private static void insert(Connection connection, RecordedEntry recorded) throws SQLException {
        AuditEntry entry = recorded.entry();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, recorded.link().seq());
            insert.setObject(2, entry.id());
            insert.setObject(3, entry.at().atOffset(ZoneOffset.UTC));
            insert.setObject(4, recorded.enteredAt().atOffset(ZoneOffset.UTC));
            insert.setString(5, entry.actor());
            insert.setString(6, entry.action());
            insert.setString(7, entry.subject());
            insert.setString(8, entry.reason());
            insert.setString(9, entry.details());
            insert.setBytes(10, recorded.link().hashBytes());
            insert.executeUpdate();
        }
    }

    static boolean isThere(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement(IS_THERE)) {
            ask.setObject(1, id);
            try (ResultSet answer = ask.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    /** The newest entries that were asked for. */
    static List<RecordedEntry> page(Connection connection, AuditQuery query) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(PAGE)) {
            select.setLong(1, query.below());
            select.setObject(2, query.since().atOffset(ZoneOffset.UTC));
            select.setString(3, query.actor());
            select.setString(4, query.actor());
            select.setInt(5, query.most());
            try (ResultSet rows = select.executeQuery()) {
                List<RecordedEntry> entries = new ArrayList<>();
                while (rows.next()) {
                    entries.add(read(rows));
                }
                return entries;
            }
        }
    }

    /** The head, and the entries after a number in their order, at most {@code most}. */
    static Batch batch(Connection connection, long after, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(BATCH)) {
            select.setLong(1, after);
            select.setInt(2, most);
            try (ResultSet rows = select.executeQuery()) {
                List<RecordedEntry> entries = new ArrayList<>();
                ChainLink head = ChainLink.origin();
                while (rows.next()) {
                    head = ChainLink.of(rows.getLong(11), rows.getBytes(12));
                    if (rows.getObject(1) != null) {
                        entries.add(read(rows));
                    }
                }
                return new Batch(entries, head);
            }
        }
    }

    /** Entries in their order, and the head of the chain at the same moment. */
    record Batch(List<RecordedEntry> entries, ChainLink head) {}

    private static RecordedEntry read(ResultSet row) throws SQLException {
        AuditEntry entry = new AuditEntry(
                row.getObject(2, UUID.class),
                instant(row, 3),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9));
        return new RecordedEntry(entry, instant(row, 4), ChainLink.of(row.getLong(1), row.getBytes(10)));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
