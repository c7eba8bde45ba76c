package dev.mooring.registry.models;

import dev.mooring.registry.store.Alias;
import dev.mooring.spring.page.Page;
import dev.mooring.spring.page.PageRequest;
import java.time.Instant;
import java.util.Optional;

/** The reads of a registry. Names of models are any text; one that no model has is not found. Thread-safe. */
public interface RegistryReads {
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

    /**
     * The same up to a time, and the version to which each alias pointed then. A model that had another name then is found under its name of
     * today.
     */
    Read<Optional<HistoryThen>> history(String name, Instant until, PageRequest page);
}
