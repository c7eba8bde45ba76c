package dev.mooring.registry.models;

import dev.mooring.registry.store.Alias;
import dev.mooring.spring.page.Page;
import dev.mooring.spring.page.PageRequest;
import java.util.Optional;
import java.util.UUID;

/**
 * The registry behind the calls of {@code /models} and {@code /registrations}. What a change returns is committed. Names of models are
 * any text; one that no model has is not found. Thread-safe.
 */
public interface RegistryBackend {
    /**
     * Registers a version, or finds the registration of an earlier request with the same idempotency key.
     *
     * @throws dev.mooring.spring.problem.ProblemException the caller used the key for another request (422), or the outcome is unknown
     *     (503, with the id of the registration)
     */
    Registered register(NewRegistration wanted);

    /** The registration with this id. */
    Optional<Registration> registration(UUID id);

    /** The models whose names begin with {@code prefix}, by name. */
    Read<Page<Model>> models(String prefix, PageRequest page);

    /** The model. */
    Read<Optional<Model>> model(String name);

    /** The versions of a model, newest first; empty if there is no such model. */
    Read<Optional<Page<ModelVersion>>> versions(String name, PageRequest page);

    /** The version. */
    Read<Optional<ModelVersion>> version(String name, long version);

    /** The version to which an alias points; empty if there is no such alias. */
    Read<Optional<ModelVersion>> version(String name, Alias alias);

    /** The history of every model that has or had this name, newest first; empty if none ever had it. */
    Read<Optional<Page<HistoryEntry>>> history(String name, PageRequest page);

    /** Points the alias to a version; changes nothing if it points there already. False if there is no such version. */
    boolean setAlias(String name, Alias alias, long version, String actor);

    /** Removes the alias; false if there is none. */
    boolean removeAlias(String name, Alias alias, String actor);

    /** Deletes a version with its aliases; false if there is no such version. */
    boolean deleteVersion(String name, long version, String actor);

    /** Deletes a model with its versions and aliases; false if there is no such model. */
    boolean deleteModel(String name, String actor);
}
