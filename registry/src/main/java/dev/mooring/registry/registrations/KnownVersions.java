package dev.mooring.registry.registrations;

import dev.mooring.registry.backend.MlflowSettings;
import dev.mooring.registry.models.Catalog;
import dev.mooring.registry.models.HistoryEntry;
import dev.mooring.registry.models.Model;
import dev.mooring.registry.models.ModelVersion;
import dev.mooring.registry.models.Read;
import dev.mooring.registry.models.RegistryReads;
import dev.mooring.registry.store.Alias;
import dev.mooring.spring.page.Page;
import dev.mooring.spring.page.PageRequest;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads of what this service itself registered in MLflow: single versions and histories. It cannot know what others did there, so it answers
 * 503 to everything else, and to what it does not find.
 */
final class KnownVersions implements RegistryReads {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Catalog catalog;

    KnownVersions(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Read<Page<Model>> models(String prefix, PageRequest page) {
        throw unknown();
    }

    @Override
    public Read<Optional<Model>> model(String name) {
        throw unknown();
    }

    @Override
    public Read<Optional<Page<ModelVersion>>> versions(String name, PageRequest page) {
        throw unknown();
    }

    @Override
    public Read<Optional<ModelVersion>> version(String name, long version) {
        return known(catalog.version(name, version));
    }

    @Override
    public Read<Optional<ModelVersion>> version(String name, Alias alias) {
        throw unknown();
    }

    @Override
    public Read<Optional<Page<HistoryEntry>>> history(String name, PageRequest page) {
        return known(catalog.history(name, page));
    }

    private static <T> Read<Optional<T>> known(Optional<T> found) {
        return Read.present(Optional.of(found.orElseThrow(KnownVersions::unknown)));
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.unavailable(
                MlflowSettings.NAME,
                "This service does not know enough of the MLflow server's registry to answer.",
                SOON));
    }
}
