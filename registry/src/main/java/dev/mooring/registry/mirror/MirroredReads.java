package dev.mooring.registry.mirror;

import dev.mooring.registry.backend.MlflowSettings;
import dev.mooring.registry.mirror.MlflowReader.Said;
import dev.mooring.registry.models.Catalog;
import dev.mooring.registry.models.HistoryEntry;
import dev.mooring.registry.models.HistoryThen;
import dev.mooring.registry.models.Model;
import dev.mooring.registry.models.ModelVersion;
import dev.mooring.registry.models.Paged;
import dev.mooring.registry.models.Read;
import dev.mooring.registry.models.RegistryReads;
import dev.mooring.registry.store.Alias;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Transactions;
import dev.mooring.spring.page.Page;
import dev.mooring.spring.page.PageRequest;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The reads of the registry of an MLflow server. A read of one model asks MLflow, and the mirror keeps the answer; while MLflow is away, the mirror
 * answers what it knows. The list of models always comes from the mirror, histories from the events that it entered. Thread-safe.
 */
final class MirroredReads implements RegistryReads {
    private static final Origin ORIGIN = Origin.MLFLOW;
    private static final Duration LATER = Duration.ofSeconds(10);

    private final MlflowReader mlflow;
    private final Refetch refetch;
    private final Mirror mirror;
    private final Transactions transactions;
    private final Catalog catalog;
    private final Knowledge knowledge;
    private final CatchUp catchUp;
    private final BooleanSupplier away;

    /** @param away whether MLflow is away at present, as far as supervision knows */
    MirroredReads(
            MlflowReader mlflow, Mirror mirror, Transactions transactions, JdbcClient database, BooleanSupplier away) {
        this.mlflow = mlflow;
        this.refetch = new Refetch(mlflow, mirror);
        this.mirror = mirror;
        this.transactions = transactions;
        this.catalog = new Catalog(ORIGIN, transactions, database);
        this.knowledge = new Knowledge(database);
        this.catchUp = new CatchUp(refetch, transactions, database);
        this.away = away;
    }

    @Override
    public Read<Page<Model>> models(String prefix, PageRequest page) {
        boolean degraded = away.getAsBoolean() || !askedForTheRest();
        Duration age = age(() -> knowledge.everything(ORIGIN));
        Page<Model> models = catalog.models(prefix, page);
        return degraded ? Read.mirrored(models, age) : Read.listed(models, age);
    }

    /** Asks MLflow for models that the mirror knows in part; false if it did not answer. */
    private boolean askedForTheRest() {
        try {
            return transactions.read(() -> knowledge.everythingWhole(ORIGIN)).isPresent()
                    || catchUp.everything(ORIGIN).isPresent()
                    || !away.getAsBoolean();
        } catch (AwayException outage) {
            return false;
        }
    }

    @Override
    public Read<Optional<Model>> model(String name) {
        try {
            Said<Optional<SeenModel>> said = mlflow.model(ORIGIN, name);
            keep(name, said);
            return Read.present(said.value().map(Views::model));
        } catch (AwayException outage) {
            return mirrored(() -> knowledge.model(ORIGIN, name), () -> catalog.model(name));
        }
    }

    private void keep(String name, Said<Optional<SeenModel>> said) {
        if (said.value().isPresent()) {
            mirror.models(ORIGIN, List.of(said.value().get()), said.sentAt());
        } else {
            mirror.doubt(ORIGIN, name);
        }
    }

    @Override
    public Read<Optional<Page<ModelVersion>>> versions(String name, PageRequest page) {
        try {
            Said<Optional<SeenModel>> said = mlflow.model(ORIGIN, name);
            if (said.value().isEmpty()) {
                keep(name, said);
                return Read.present(Optional.empty());
            }
            Listing<SeenVersion> seen = refetch.below(ORIGIN, name, page.below(), page.rows());
            Page<SeenVersion> fits = Page.of(
                    seen.rows(),
                    seen.more(),
                    page,
                    Paged.VERSIONS,
                    version -> Long.toString(version.version()),
                    SeenVersion::bytes);
            mirror.some(ORIGIN, fits.items(), said.sentAt());
            keep(name, said);
            SeenModel model = said.value().get();
            return Read.present(Optional.of(fits.map(version -> kept(version.withAliasesOf(model)))));
        } catch (AwayException outage) {
            return mirrored(() -> knowledge.versions(ORIGIN, name), () -> catalog.versions(name, page));
        }
    }

    @Override
    public Read<Optional<ModelVersion>> version(String name, long version) {
        try {
            return read(name, mlflow.version(ORIGIN, name, version));
        } catch (AwayException outage) {
            return mirrored(() -> knowledge.version(ORIGIN, name, version), () -> catalog.version(name, version));
        }
    }

    @Override
    public Read<Optional<ModelVersion>> version(String name, Alias alias) {
        try {
            return read(name, mlflow.version(ORIGIN, name, alias.value()));
        } catch (AwayException outage) {
            return mirrored(() -> knowledge.alias(ORIGIN, name, alias.value()), () -> catalog.version(name, alias));
        }
    }

    private Read<Optional<ModelVersion>> read(String name, Said<Optional<SeenVersion>> said) {
        if (said.value().isEmpty()) {
            mirror.doubt(ORIGIN, name);
            return Read.present(Optional.empty());
        }
        mirror.version(ORIGIN, said.value().get(), said.sentAt());
        return Read.present(said.value().map(this::kept));
    }

    /** What MLflow says about the version, with what only this service knows. */
    private ModelVersion kept(SeenVersion seen) {
        return Views.version(seen, catalog.version(seen.model(), seen.version()));
    }

    @Override
    public Read<Optional<Page<HistoryEntry>>> history(String name, PageRequest page) {
        return remembered(name, () -> catalog.history(name, page));
    }

    @Override
    public Read<Optional<HistoryThen>> history(String name, Instant until, PageRequest page) {
        return remembered(name, () -> catalog.history(name, until, page));
    }

    /** What the history says; where it says nothing of a model, MLflow is asked for the model first. */
    private <T> Read<Optional<T>> remembered(String name, Supplier<Optional<T>> history) {
        Optional<T> known = history.get();
        Optional<T> found = known.isEmpty() && model(name).value().isPresent() ? history.get() : known;
        Optional<Duration> age = transactions.read(() -> knowledge.everything(ORIGIN));
        return new Read<>(found, age, away.getAsBoolean());
    }

    private <T> Read<Optional<T>> mirrored(Supplier<Optional<Duration>> age, Supplier<Optional<T>> value) {
        Duration old = age(age);
        return Read.mirrored(Optional.of(value.get().orElseThrow(MirroredReads::unknown)), old);
    }

    private Duration age(Supplier<Optional<Duration>> age) {
        return transactions.read(age).orElseThrow(MirroredReads::unknown);
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.unavailable(
                MlflowSettings.NAME,
                "MLflow is away, or not read yet, and the mirror of its registry does not know the answer.",
                LATER));
    }
}
