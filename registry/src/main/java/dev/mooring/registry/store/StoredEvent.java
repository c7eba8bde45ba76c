package dev.mooring.registry.store;

import java.time.Instant;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code model_event}.
 *
 * @param seq a number that grows with each change to the model, with gaps
 * @param at the time of the change
 * @param actor the name of the caller that made it
 * @param action the code of an {@link Action}
 * @param model the name of the model at that time
 * @param version the version that changed, or to which the alias points or pointed; null if the event is about the model
 * @param alias the alias that was set or removed; null for other events
 * @param registrationId the registration that made the version; null for other events
 * @param details more, such as {@code from} and {@code to}
 */
public record StoredEvent(
        long seq,
        Instant at,
        String actor,
        String action,
        String model,
        @Nullable Long version,
        @Nullable String alias,
        @Nullable UUID registrationId,
        SortedMap<String, String> details) {}
