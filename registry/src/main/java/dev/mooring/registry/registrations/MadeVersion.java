package dev.mooring.registry.registrations;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A version that MLflow has.
 *
 * @param name the name of its model
 * @param version its number
 * @param source where its files are
 * @param createdAt when MLflow made it
 */
record MadeVersion(String name, long version, String source, Instant createdAt) {
    private static final String LINK = "models:/";

    /** Reads MLflow's form; empty if it is not one. */
    static Optional<MadeVersion> of(JsonNode json) {
        long number = json.path("version").asLong(0);
        String name = json.path("name").asString("");
        return number < 1 || name.isEmpty()
                ? Optional.empty()
                : Optional.of(new MadeVersion(
                        name,
                        number,
                        json.path("source").asString(""),
                        Instant.ofEpochMilli(json.path("creation_timestamp").asLong(0))));
    }

    /**
     * Whether the version was made by the request with that model and source. MLflow's clients copy all tags with a version, so the tag alone
     * does not say it: a copy has another model, or a link to the version as its source.
     */
    boolean isOf(String model, String origin) {
        boolean copied = source.startsWith(LINK) && !origin.startsWith(LINK);
        return name.equals(model) && !copied;
    }

    /** Whether the version, of whatever model, was made by the request with that source, and is no copy. */
    boolean isFrom(String origin) {
        return !source.startsWith(LINK) || source.equals(origin);
    }
}
