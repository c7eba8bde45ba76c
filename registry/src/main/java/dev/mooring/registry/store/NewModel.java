package dev.mooring.registry.store;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A model to make, without a version.
 *
 * @param name its name
 * @param description for people; null if there is none
 * @param tags names and texts
 */
public record NewModel(String name, @Nullable String description, SortedMap<String, String> tags) {}
