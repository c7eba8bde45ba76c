package dev.mooring.registry.registrations;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * What a delivery brought about in MLflow.
 *
 * @param version the version of the registration
 * @param sentAt {@link System#nanoTime()} before the call that made the version; empty if an earlier delivery made it
 * @param model the model of the version, if this delivery made it
 */
record Made(MadeVersion version, OptionalLong sentAt, Optional<Model> model) {
    /** A version of an earlier delivery. */
    static Made before(MadeVersion version) {
        return new Made(version, OptionalLong.empty(), Optional.empty());
    }

    /**
     * A model that a delivery made. It has no description, no tag and no alias.
     *
     * @param createdAt when MLflow made it
     * @param sentAt {@link System#nanoTime()} before the call that made it
     */
    record Model(Instant createdAt, long sentAt) {
        /** Reads MLflow's answer to the call; empty if it is not in MLflow's form. */
        static Optional<Model> of(JsonNode answer, long sentAt) {
            long millis =
                    answer.path("registered_model").path("creation_timestamp").asLong(0);
            return millis < 1 ? Optional.empty() : Optional.of(new Model(Instant.ofEpochMilli(millis), sentAt));
        }
    }
}
