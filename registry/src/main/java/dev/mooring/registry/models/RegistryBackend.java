package dev.mooring.registry.models;

import dev.mooring.registry.store.Alias;
import java.util.Optional;
import java.util.UUID;

/**
 * The registry behind the calls of {@code /models} and {@code /registrations}. What a change returns is committed. Names of models are
 * any text; one that no model has is not found. Thread-safe.
 */
public interface RegistryBackend extends RegistryReads {
    /**
     * Registers a version, or finds the registration of an earlier request with the same idempotency key.
     *
     * @throws dev.mooring.spring.problem.ProblemException the caller used the key for another request (422), or the outcome is unknown
     *     (503, with the id of the registration)
     */
    Registered register(NewRegistration wanted);

    /** The registration with this id. */
    Optional<Registration> registration(UUID id);

    /** Points the alias to a version; changes nothing if it points there already. False if there is no such version. */
    boolean setAlias(String name, Alias alias, long version, String actor);

    /** Removes the alias; false if there is none. */
    boolean removeAlias(String name, Alias alias, String actor);

    /** Deletes a version with its aliases; false if there is no such version. */
    boolean deleteVersion(String name, long version, String actor);

    /** Deletes a model with its versions and aliases; false if there is no such model. */
    boolean deleteModel(String name, String actor);
}
