package dev.mooring.registry.models;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A committed registration of a version.
 *
 * @param id the registration's id
 * @param name the name of the model
 * @param status what became of it so far
 * @param version the number of the version; empty unless it is registered
 * @param cause why it was rejected, for clients; empty unless it was
 */
public record Registration(
        UUID id, String name, RegistrationStatus status, OptionalLong version, Optional<String> cause) {
    /** One that waits for MLflow. */
    public static Registration accepted(UUID id, String name) {
        return new Registration(id, name, RegistrationStatus.ACCEPTED, OptionalLong.empty(), Optional.empty());
    }

    /** One that made a version. */
    public static Registration registered(UUID id, String name, long version) {
        return new Registration(id, name, RegistrationStatus.REGISTERED, OptionalLong.of(version), Optional.empty());
    }
}
