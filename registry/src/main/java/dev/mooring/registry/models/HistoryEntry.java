package dev.mooring.registry.models;

import dev.mooring.registry.store.StoredEvent;
import dev.mooring.spring.body.Answer;
import java.time.Instant;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change to a model, as clients read it.
 *
 * @param seq a number that grows with each change to the model, with gaps
 * @param at the time of the change
 * @param actor the name of the caller that made it
 * @param action the code of an {@link dev.mooring.registry.store.Action}
 * @param version the version that changed, or to which the alias points or pointed; null if the event is about the model
 * @param alias the alias that was set or removed; null for other actions
 * @param registrationId the registration that made the version; null for other actions
 * @param details more, such as {@code from} and {@code to} of {@code renamed} and {@code stage_changed}; null if there is none
 */
@Answer
public record HistoryEntry(
        long seq,
        Instant at,
        String actor,
        String action,
        @Nullable String version,
        @Nullable String alias,
        @Nullable UUID registrationId,
        @Nullable SortedMap<String, String> details) {

    static HistoryEntry of(StoredEvent row) {
        return new HistoryEntry(
                row.seq(),
                row.at(),
                row.actor(),
                row.action(),
                row.version() == null ? null : Long.toString(row.version()),
                row.alias(),
                row.registrationId(),
                row.details().isEmpty() ? null : row.details());
    }
}
