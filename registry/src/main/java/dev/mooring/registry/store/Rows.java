package dev.mooring.registry.store;

import dev.mooring.operations.control.Timestamps;
import dev.mooring.spring.request.RequestMemory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Reads rows of the tables, and takes the memory that they need from that of the request. The columns are those that {@link ModelTable} and
 * {@link VersionTable} select.
 */
final class Rows {
    /** A row without its texts, as an object and as the parts of an answer. */
    private static final int BYTES_OF_A_ROW = 2_000;
    /** A tag besides its texts, likewise. */
    private static final int BYTES_OF_A_TAG = 300;
    /** A text is in memory as the database sends it, as JSON, as a text, and as a part of the answer. */
    private static final int COPIES = 4;

    private Rows() {}

    static StoredModel model(ResultSet row) throws SQLException {
        int bytes = row.getInt("bytes");
        RequestMemory.take(BYTES_OF_A_ROW + (long) COPIES * bytes);
        SortedMap<String, String> tags = KeptJson.texts(row.getString("tags"));
        RequestMemory.take((long) BYTES_OF_A_TAG * tags.size());
        return new StoredModel(
                row.getString("name"),
                row.getString("description"),
                tags,
                row.getLong("last_version"),
                bytes,
                Timestamps.read(row, "created_at"),
                Timestamps.read(row, "updated_at"),
                Timestamps.read(row, "last_updated"));
    }

    static StoredVersion version(ResultSet row) throws SQLException {
        RequestMemory.take(BYTES_OF_A_ROW + (long) COPIES * row.getInt("bytes"));
        StoredVersion version = passing(row);
        RequestMemory.take((long) BYTES_OF_A_TAG
                * (version.tags().size() + version.metrics().size()));
        return version;
    }

    /** A version that was just made; the database tells its number, its moment and its size. */
    static StoredVersion made(ResultSet row, NewVersion version, String actor) throws SQLException {
        int bytes = row.getInt("bytes");
        RequestMemory.take(BYTES_OF_A_ROW
                + (long) COPIES * bytes
                + (long) BYTES_OF_A_TAG * version.tags().size());
        Instant at = Timestamps.read(row, "last_updated");
        return new StoredVersion(
                version.model(),
                row.getLong("last_version"),
                version.source(),
                Objects.requireNonNullElse(version.downloadSource(), version.source()),
                version.runId(),
                version.runLink(),
                version.description(),
                version.tags(),
                new TreeMap<>(),
                Stage.NONE,
                List.of(),
                bytes,
                null,
                actor,
                at,
                at);
    }

    /** A version that the caller does not keep. */
    static StoredVersion passing(ResultSet row) throws SQLException {
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
                row.getInt("bytes"),
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
