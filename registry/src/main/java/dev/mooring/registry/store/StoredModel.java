package dev.mooring.registry.store;

import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code model}.
 *
 * @param name its name
 * @param description for people; null if there is none
 * @param tags names and texts
 * @param lastVersion the highest number that a version of it ever had; 0 if it never had one
 * @param bytes the size of its texts, without its name
 * @param createdAt when it was made
 * @param updatedAt when it, a version or an alias of it last changed
 * @param lastUpdated MLflow's {@code last_updated_timestamp}, which tags and aliases do not move; whole milliseconds
 */
public record StoredModel(
        String name,
        @Nullable String description,
        SortedMap<String, String> tags,
        long lastVersion,
        int bytes,
        Instant createdAt,
        Instant updatedAt,
        Instant lastUpdated) {}
