package dev.mooring.registry.store;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an answer about a model says besides the model itself.
 *
 * @param versions the newest version of each stage, without its aliases
 * @param aliases all aliases of the model, with the number of the version to which each points
 */
public record Newest(List<StoredVersion> versions, SortedMap<String, String> aliases) {
    /** That of a model without versions, which has no aliases either. */
    public static Newest none() {
        return new Newest(List.of(), new TreeMap<>());
    }
}
