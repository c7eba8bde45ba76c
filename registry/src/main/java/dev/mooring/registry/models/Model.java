package dev.mooring.registry.models;

import dev.mooring.spring.body.Answer;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A model as clients read it.
 *
 * @param name its name
 * @param latestVersion the number of its newest version; null if it has none
 * @param aliases the version that each alias points to
 * @param createdAt when it was made
 * @param updatedAt when a version or an alias last changed
 */
@Answer
public record Model(
        String name,
        @Nullable String latestVersion,
        SortedMap<String, String> aliases,
        Instant createdAt,
        Instant updatedAt) {}
