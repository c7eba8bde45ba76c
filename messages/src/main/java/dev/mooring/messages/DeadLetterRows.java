package dev.mooring.messages;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads dead letters. */
final class DeadLetterRows {
    private static final String COLUMNS = """
            select d.seq, d.message_id, d.destination, d.ordering_key, d.type, cast(d.payload as text) as content, d.created_at, d.ended_at,
                   d.refusals, d.cause_kind, coalesce(d.cause_message, '') as cause_message,
                   array(select e ->> 'at' from jsonb_array_elements(d.history) with ordinality as h (e, n) order by n) as failed_at,
                   array(select e ->> 'kind' from jsonb_array_elements(d.history) with ordinality as h (e, n) order by n) as failed_by,
                   array(select e ->> 'message' from jsonb_array_elements(d.history) with ordinality as h (e, n) order by n)
                     as failed_why,
                   (select count(*) from (select from mooring.outbox w where w.destination = d.destination
                                            and w.ordering_key = d.ordering_key and w.state = 'pending' limit 10000) o) as waiting
            """;

    private static final String PAGE = COLUMNS + """
            from (select p.*, sum(octet_length(cast(p.payload as text)))
                                over (order by p.seq desc rows between unbounded preceding and 2 preceding) as bytes_before
                  from (select * from mooring.outbox
                        where state = 'dead' and seq < ? and (? = '' or destination = ?)
                        order by seq desc limit ?) p) d
            where coalesce(d.bytes_before, 0) < ?
            order by d.seq desc""";

    private static final String ONE = COLUMNS + "from mooring.outbox d where d.message_id = ? and d.state = 'dead'";

    private DeadLetterRows() {}

    static List<DeadLetter> page(Connection connection, Optional<String> destination, long below, int most, long bytes)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
            statement.setLong(1, below);
            statement.setString(2, destination.orElse(""));
            statement.setString(3, destination.orElse(""));
            statement.setInt(4, most);
            statement.setLong(5, bytes);
            return read(statement);
        }
    }

    static Optional<DeadLetter> find(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ONE)) {
            statement.setObject(1, id);
            return read(statement).stream().findFirst();
        }
    }

    private static List<DeadLetter> read(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            List<DeadLetter> letters = new ArrayList<>();
            while (rows.next()) {
                letters.add(letter(rows));
            }
            return letters;
        }
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getLong("seq"),
                row.getObject("message_id", UUID.class),
                row.getString("destination"),
                row.getString("ordering_key"),
                row.getString("type"),
                row.getString("content"),
                moment(row, "created_at"),
                moment(row, "ended_at"),
                row.getInt("refusals"),
                row.getString("cause_kind"),
                row.getString("cause_message"),
                history(texts(row, "failed_at"), texts(row, "failed_by"), texts(row, "failed_why")),
                row.getLong("waiting"));
    }

    private static List<FailedAttempt> history(String[] at, String[] kind, String[] message) {
        List<FailedAttempt> attempts = new ArrayList<>();
        for (int i = 0; i < at.length; i++) {
            attempts.add(new FailedAttempt(OffsetDateTime.parse(at[i]).toInstant(), kind[i], message[i]));
        }
        return attempts;
    }

    private static String[] texts(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
