package dev.mooring.registry.models;

import dev.mooring.spring.body.Answer;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version of a model as clients read it.
 *
 * @param name the name of the model
 * @param version its number, counted from 1 for each model
 * @param source where its files are
 * @param runId the id of the run that made it
 * @param description for people
 * @param tags names and texts
 * @param metrics names and numbers
 * @param aliases the aliases that point to it now
 * @param registrationId the id of its registration
 * @param registeredBy the name of the caller that registered it
 * @param createdAt the time of its registration
 */
@Answer
record ModelVersion(
        String name,
        String version,
        String source,
        @Nullable String runId,
        @Nullable String description,
        SortedMap<String, String> tags,
        SortedMap<String, Double> metrics,
        List<String> aliases,
        UUID registrationId,
        String registeredBy,
        Instant createdAt) {}
