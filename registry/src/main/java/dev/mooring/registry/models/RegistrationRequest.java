package dev.mooring.registry.models;

import dev.mooring.operations.digest.Sha256;
import dev.mooring.registry.store.KeptJson;
import dev.mooring.registry.store.ModelName;
import dev.mooring.spring.body.BodyReader;
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

    /** The most characters of a source: as wide as MLflow's own column, as the next one is. */
    public static final int LONGEST_SOURCE = 500;

    /** The most characters of the id of a run. */
    public static final int LONGEST_RUN_ID = 32;

    /** The most characters of a description. */
    public static final int LONGEST_DESCRIPTION = 5_000;

    /** The bounds of tags. */
    public static final BodyReader.Entries TAGS = new BodyReader.Entries(100, 250, 5_000);

    /** The bounds of metrics. */
    public static final BodyReader.Entries METRICS = new BodyReader.Entries(1_000, 250, 0);

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
