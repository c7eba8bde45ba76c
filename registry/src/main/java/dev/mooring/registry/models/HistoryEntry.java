package dev.mooring.registry.models;

import dev.mooring.spring.body.Answer;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change to a model, as clients read it.
 *
 * @param seq a number that grows with each change to the model, with gaps
 * @param at the time of the change
 * @param actor the name of the caller that made it
 * @param action {@code registered}, {@code promoted} or {@code alias_removed}
 * @param version the version that was registered, or to which the alias points or pointed
 * @param alias the alias that was set or removed; null for {@code registered}
 * @param registrationId the registration that made the version; null for other actions
 */
@Answer
record HistoryEntry(
        long seq,
        Instant at,
        String actor,
        String action,
        String version,
        @Nullable String alias,
        @Nullable UUID registrationId) {}
