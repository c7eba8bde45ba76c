package dev.mooring.registry.models;

import dev.mooring.registry.store.StoredVersion;
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
 * @param registrationId the id of its registration; null if it came by a call of MLflow
 * @param registeredBy the name of the caller that registered it
 * @param createdAt the time of its registration
 */
@Answer
public record ModelVersion(
        String name,
        String version,
        String source,
        @Nullable String runId,
        @Nullable String description,
        SortedMap<String, String> tags,
        SortedMap<String, Double> metrics,
        List<String> aliases,
        @Nullable UUID registrationId,
        String registeredBy,
        Instant createdAt) {

    static ModelVersion of(StoredVersion row) {
        return new ModelVersion(
                row.model(),
                Long.toString(row.version()),
                row.source(),
                row.runId(),
                row.description(),
                row.tags(),
                row.metrics(),
                row.aliases(),
                row.registrationId(),
                row.registeredBy(),
                row.createdAt());
    }
}
