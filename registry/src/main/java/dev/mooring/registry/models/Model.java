package dev.mooring.registry.models;

import dev.mooring.spring.body.Answer;
import java.time.Instant;
import java.util.SortedMap;

/**
 * A model as clients read it.
 *
 * @param name its name
 * @param latestVersion the number of its newest version
 * @param aliases the version that each alias points to
 * @param createdAt when its first version was registered
 * @param updatedAt when a version or an alias last changed
 */
@Answer
record Model(
        String name, String latestVersion, SortedMap<String, String> aliases, Instant createdAt, Instant updatedAt) {}
