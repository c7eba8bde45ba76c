package dev.mooring.registry.models;

import dev.mooring.spring.body.Answer;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change to a model, as it is told.
 *
 * @param seq grows with each change to the model, with gaps
 * @param at when
 * @param actor who
 * @param action {@code registered}, {@code promoted} or {@code alias_removed}
 * @param version the version that it is about
 * @param alias the alias that was set or removed
 * @param registrationId the registration that made the version
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
