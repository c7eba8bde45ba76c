package dev.mooring.registry.models;

import dev.mooring.operations.digest.Sha256;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to register, checked: the version of a model and where it comes from.
 *
 * @param name the model
 * @param source where the files of the version are
 * @param runId the run that made it
 * @param description for people
 * @param tags names and values, sorted by name
 * @param metrics names and finite numbers, sorted by name
 */
record RegistrationRequest(
        ModelName name,
        String source,
        @Nullable String runId,
        @Nullable String description,
        SortedMap<String, String> tags,
        SortedMap<String, Double> metrics) {

    RegistrationRequest {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    }

    /**
     * The same for two requests that mean the same, however their JSON was written. Kept in the database to compare a repeated
     * request with, so its way of counting must not change.
     */
    byte[] hash() {
        return Sha256.of(KeptJson.bytes(this));
    }
}
