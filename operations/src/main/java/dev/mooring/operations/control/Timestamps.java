package dev.mooring.operations.control;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Moments in columns of the type {@code timestamptz}. */
public final class Timestamps {
    private Timestamps() {}

    /** The moment in a column that is never null. */
    public static Instant read(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** The moment in a column; empty for null. */
    public static Optional<Instant> find(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** A moment as the driver takes it as a parameter of a statement. */
    public static OffsetDateTime parameter(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
