package dev.mooring.registry.models;

import dev.mooring.operations.digest.Sha256;
import dev.mooring.registry.store.KeptJson;
import dev.mooring.registry.store.ModelName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A checked request to register a version of a model.
 *
 * @param name the name of the model
 * @param source where the files of the version are
 * @param runId the id of the run that made the version
 * @param description for people
 * @param tags names and values, sorted by name
 * @param metrics names and finite numbers, sorted by name
 */
public record RegistrationRequest(
        ModelName name,
        String source,
        @Nullable String runId,
        @Nullable String description,
        SortedMap<String, String> tags,
        SortedMap<String, Double> metrics) {

    public RegistrationRequest {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    }

    /**
     * The SHA-256 of the content: equal for two requests that differ only in how their JSON is written. The database keeps it to compare
     * repeated requests, so its calculation must not change.
     */
    public byte[] hash() {
        return Sha256.of(KeptJson.bytes(this));
    }
}
