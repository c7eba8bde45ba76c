package dev.mooring.operations.audit;

import dev.mooring.operations.control.Timestamps;
import dev.mooring.spring.page.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code mooring.audit_entry} and {@code mooring.audit_head}. Each method works in its caller's transaction. */
final class AuditTable {
    private static final String LOCK = """
            update mooring.audit_head h set seq = seq
            returning seq, hash, clock_timestamp() as now,
                      exists (select from mooring.audit_entry e where e.seq > h.seq) as behind""";

    private static final String END = "select seq, hash from mooring.audit_head";

    private static final String INSERT = """
            insert into mooring.audit_entry (seq, entry_id, at, entered_at, actor, action, subject, reason, details, hash)
            values (:seq, :id, :at, :entered_at, :actor, :action, :subject, :reason, :details, :hash)""";

    private static final String ADVANCE = "update mooring.audit_head set seq = :seq, hash = :hash";

    private static final String IS_THERE = "select exists (select from mooring.audit_entry where entry_id = :id)";

    private static final String PAGE = """
            select seq, entry_id, at, entered_at, actor, action, subject, reason, details, hash
            from (select e.*, sum(octet_length(actor) + octet_length(action) + octet_length(subject) + octet_length(reason)
                                  + octet_length(details))
                                over (order by seq desc rows between unbounded preceding and 2 preceding) as before
                  from (select * from mooring.audit_entry
                        where seq < :below and at >= :since and (:actor = '' or actor = :actor)
                        order by seq desc limit :most) e) p
            where before is null or before < :bytes
            order by seq desc""";

    /** One statement, so that the head and the entries come from the same snapshot; each may be missing. */
    private static final String BATCH = """
            select e.seq, entry_id, at, entered_at, actor, action, subject, reason, details, e.hash,
                   h.seq as head_seq, h.hash as head_hash
            from (values (1)) as one (row)
                 left join mooring.audit_head h on true
                 left join mooring.audit_entry e on e.seq > :after
            order by e.seq limit :most""";

    private AuditTable() {}

    /**
     * Locks the end of the chain until the transaction ends, and adds an entry to it.
     *
     * @throws ChainBrokenException the chain has no end to add to; the transaction may go on
     */
    static ChainLink append(JdbcClient database, AuditEntry entry) {
        Head head = database.sql(LOCK)
                .query((row, n) ->
                        new Head(link(row, "seq", "hash"), Timestamps.read(row, "now"), row.getBoolean("behind")))
                .optional()
                .orElseThrow(() -> new ChainBrokenException(
                        "the recorded end of the audit's chain is missing (mooring.audit_head has no row)"));
        if (head.isBehind()) {
            throw new ChainBrokenException("the recorded end of the audit's chain is entry "
                    + head.link().seq() + ", and the table has later ones");
        }
        ChainLink link = head.link().next(entry, head.now());
        insert(database, new RecordedEntry(entry, head.now(), link));
        database.sql(ADVANCE)
                .param("seq", link.seq())
                .param("hash", link.hashBytes())
                .update();
        return link;
    }

    private record Head(ChainLink link, Instant now, boolean isBehind) {}

    private static void insert(JdbcClient database, RecordedEntry recorded) {
        AuditEntry entry = recorded.entry();
        database.sql(INSERT)
                .param("seq", recorded.link().seq())
                .param("id", entry.id())
                .param("at", Timestamps.parameter(entry.at()))
                .param("entered_at", Timestamps.parameter(recorded.enteredAt()))
                .param("actor", entry.actor())
                .param("action", entry.action())
                .param("subject", entry.subject())
                .param("reason", entry.reason())
                .param("details", entry.details())
                .param("hash", recorded.link().hashBytes())
                .update();
    }

    /** The recorded end of the chain; empty if it is missing. */
    static Optional<ChainLink> end(JdbcClient database) {
        return database.sql(END).query((row, n) -> link(row, "seq", "hash")).optional();
    }

    static boolean isThere(JdbcClient database, UUID id) {
        return database.sql(IS_THERE).param("id", id).query(Boolean.class).single();
    }

    /** The entries that the query asks for, newest first, as many as a page can have. */
    static List<RecordedEntry> page(JdbcClient database, AuditQuery query) {
        return database.sql(PAGE)
                .param("below", query.below())
                .param("since", Timestamps.parameter(query.since()))
                .param("actor", query.actor())
                .param("most", query.most())
                .param("bytes", PageRequest.MOST_BYTES)
                .query((row, n) -> entry(row))
                .list();
    }

    /** The head of the chain, and in order at most {@code most} entries after the number {@code after}. */
    static Batch batch(JdbcClient database, long after, int most) {
        ResultSetExtractor<Batch> whole = AuditTable::whole;
        return database.sql(BATCH).param("after", after).param("most", most).query(whole);
    }

    private static Batch whole(ResultSet rows) throws SQLException {
        List<RecordedEntry> entries = new ArrayList<>();
        Optional<ChainLink> head = Optional.empty();
        while (rows.next()) {
            if (rows.getObject("head_seq") != null) {
                head = Optional.of(link(rows, "head_seq", "head_hash"));
            }
            if (rows.getObject("seq") != null) {
                entries.add(entry(rows));
            }
        }
        return new Batch(entries, head);
    }

    /** Entries in order, and the head of the chain at the same moment; empty if it is missing. */
    record Batch(List<RecordedEntry> entries, Optional<ChainLink> head) {}

    private static RecordedEntry entry(ResultSet row) throws SQLException {
        AuditEntry entry = new AuditEntry(
                row.getObject("entry_id", UUID.class),
                Timestamps.read(row, "at"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("reason"),
                row.getString("details"));
        return new RecordedEntry(entry, Timestamps.read(row, "entered_at"), link(row, "seq", "hash"));
    }

    private static ChainLink link(ResultSet row, String seq, String hash) throws SQLException {
        return ChainLink.of(row.getLong(seq), row.getBytes(hash));
    }
}
