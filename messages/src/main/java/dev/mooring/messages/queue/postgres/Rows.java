package dev.mooring.messages.queue.postgres;

import dev.mooring.failure.FailureKind;
import dev.mooring.messages.queue.Envelope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Reads rows of the tables of queues. */
final class Rows {
    private Rows() {}

    static Envelope envelope(ResultSet row) throws SQLException {
        return new Envelope(
                row.getObject("message_id", UUID.class),
                row.getString("type"),
                instant(row, "time"),
                row.getInt("attempt"),
                row.getString("payload"),
                Optional.ofNullable(row.getString("traceparent")));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A kind that a newer build knows and this one does not is unknown. */
    static FailureKind kind(String code) {
        try {
            return FailureKind.valueOf(code.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException newer) {
            return FailureKind.UNKNOWN;
        }
    }
}
