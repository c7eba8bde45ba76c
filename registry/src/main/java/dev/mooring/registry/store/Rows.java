package dev.mooring.registry.store;

import dev.mooring.operations.control.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Reads rows of the tables. The columns are those that {@link ModelTable} and {@link VersionTable} select. */
final class Rows {
    private Rows() {}

    static StoredModel model(ResultSet row) throws SQLException {
        return new StoredModel(
                row.getString("name"),
                row.getString("description"),
                KeptJson.texts(row.getString("tags")),
                row.getLong("last_version"),
                Timestamps.read(row, "created_at"),
                Timestamps.read(row, "updated_at"),
                Timestamps.read(row, "last_updated"));
    }

    static StoredVersion version(ResultSet row) throws SQLException {
        String source = row.getString("source");
        return new StoredVersion(
                row.getString("model"),
                row.getLong("version"),
                source,
                Objects.requireNonNullElse(row.getString("download_source"), source),
                row.getString("run_id"),
                row.getString("run_link"),
                row.getString("description"),
                KeptJson.texts(row.getString("tags")),
                KeptJson.numbers(row.getString("metrics")),
                Stage.of(row.getString("current_stage")).orElse(Stage.NONE),
                List.of((String[]) row.getArray("aliases").getArray()),
                row.getObject("registration_id", UUID.class),
                row.getString("registered_by"),
                Timestamps.read(row, "created_at"),
                Timestamps.read(row, "last_updated"));
    }

    static StoredEvent event(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getLong("seq"),
                Timestamps.read(row, "at"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("model"),
                row.getObject("version", Long.class),
                row.getString("alias"),
                row.getObject("registration_id", UUID.class),
                KeptJson.texts(row.getString("details")));
    }
}
