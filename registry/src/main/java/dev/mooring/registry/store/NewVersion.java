package dev.mooring.registry.store;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A version to make, of a model that exists.
 *
 * @param model the name of the model
 * @param source where its files are, as the client gave it
 * @param downloadSource where its files are when {@code source} names another version; null if {@code source} says it itself
 * @param runId the run that made it; null if there is none
 * @param runLink a link to that run; null if there is none
 * @param description for people; null if there is none
 * @param tags names and texts
 */
public record NewVersion(
        String model,
        String source,
        @Nullable String downloadSource,
        @Nullable String runId,
        @Nullable String runLink,
        @Nullable String description,
        SortedMap<String, String> tags) {}
