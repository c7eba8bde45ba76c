package dev.mooring.registry.store;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code model_version}.
 *
 * @param model the name of the model
 * @param version its number
 * @param source where its files are, as the client gave it
 * @param downloadSource where its files are
 * @param runId the run that made it; null if there is none
 * @param runLink a link to that run; null if there is none
 * @param description for people; null if there is none
 * @param tags names and texts
 * @param metrics names and numbers
 * @param stage its stage
 * @param aliases the aliases that point to it now; empty where the reader did not ask for them
 * @param bytes the size of its texts, without the name of the model
 * @param registrationId the registration that made it; null if none did
 * @param registeredBy the name of the caller that made it
 * @param createdAt when it was made
 * @param lastUpdated when its description or its stage last changed; whole milliseconds
 */
public record StoredVersion(
        String model,
        long version,
        String source,
        String downloadSource,
        @Nullable String runId,
        @Nullable String runLink,
        @Nullable String description,
        SortedMap<String, String> tags,
        SortedMap<String, Double> metrics,
        Stage stage,
        List<String> aliases,
        int bytes,
        @Nullable UUID registrationId,
        String registeredBy,
        Instant createdAt,
        Instant lastUpdated) {}
