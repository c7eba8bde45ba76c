package dev.mooring.registry.store;

import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version was registered or promoted.
 *
 * @param origin the registry that has the model
 * @param modelId the id of the model, which stays the same when the model gets another name
 * @param name the name of the model
 * @param version the number of the version
 * @param registrationId the registration that made the version; null if none did
 * @param source where the files of the version are, as the client gave it
 * @param runId the run that made it; null if there is none
 * @param tags names and texts
 * @param metrics names and numbers
 * @param registeredBy the name of the caller that registered the version
 * @param promotion what the version was promoted to; empty if it was registered
 */
public record ModelEvent(
        Origin origin,
        UUID modelId,
        String name,
        long version,
        @Nullable UUID registrationId,
        String source,
        @Nullable String runId,
        SortedMap<String, String> tags,
        SortedMap<String, Double> metrics,
        String registeredBy,
        Optional<Promotion> promotion) {

    /** A version that was just registered. */
    public static ModelEvent registered(Origin origin, UUID modelId, StoredVersion version) {
        return of(origin, modelId, version, Optional.empty());
    }

    static ModelEvent of(Origin origin, UUID modelId, StoredVersion version, Optional<Promotion> promotion) {
        return new ModelEvent(
                origin,
                modelId,
                version.model(),
                version.version(),
                version.registrationId(),
                version.source(),
                version.runId(),
                version.tags(),
                version.metrics(),
                version.registeredBy(),
                promotion);
    }

    /**
     * What a version was promoted to: an alias, or a stage.
     *
     * @param alias the alias that points to the version now; null for a stage
     * @param stage the stage that the version has now; null for an alias
     * @param fromStage the stage that it had before; null for an alias
     * @param fromVersion the version that had the alias before, or the newest other version that had the stage; null if there was none
     */
    public record Promotion(
            @Nullable String alias,
            @Nullable String stage,
            @Nullable String fromStage,
            @Nullable Long fromVersion) {}
}
