package dev.mooring.registry.local;

import dev.mooring.registry.mlflow.MlflowCall;
import dev.mooring.registry.mlflow.MlflowErrorCode;
import dev.mooring.registry.mlflow.MlflowException;
import dev.mooring.registry.mlflow.MlflowJson;
import dev.mooring.registry.mlflow.Parameters;
import dev.mooring.registry.store.Alias;
import dev.mooring.registry.store.AliasTable;
import dev.mooring.registry.store.ModelTable;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Stage;
import dev.mooring.registry.store.StageTable;
import dev.mooring.registry.store.StoredModel;
import dev.mooring.registry.store.StoredVersion;
import dev.mooring.registry.store.Transactions;
import dev.mooring.registry.store.VersionTable;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The reads of MLflow's registry, answered from the models of one origin. Thread-safe. */
public final class RegistryReads {
    private static final String LATEST = "latest";
    /** A read needs no sender. */
    private static final Sender NOBODY = new Sender("", null);

    private final Origin origin;
    private final Transactions transactions;
    private final ModelTable models;
    private final VersionTable versions;
    private final StageTable stages;
    private final AliasTable aliases;
    private final Map<String, LocalCall> calls = new HashMap<>();

    /** Reads of the models of {@code origin}; {@code plannedAnew} is of {@link dev.mooring.registry.store.PlannedAnew}. */
    public RegistryReads(Origin origin, Transactions transactions, JdbcClient database, JdbcClient plannedAnew) {
        this.origin = origin;
        this.transactions = transactions;
        this.models = new ModelTable(database);
        this.versions = new VersionTable(database);
        this.stages = new StageTable(database);
        this.aliases = new AliasTable(database);
        calls.put("GET 2.0/mlflow/registered-models/get", (parameters, sender) -> model(parameters));
        calls.put("GET 2.0/mlflow/registered-models/get-latest-versions", (parameters, sender) -> latest(parameters));
        calls.put("POST 2.0/mlflow/registered-models/get-latest-versions", (parameters, sender) -> latest(parameters));
        calls.put("GET 2.0/mlflow/registered-models/alias", (parameters, sender) -> alias(parameters));
        calls.put("GET 2.0/mlflow/model-versions/get", (parameters, sender) -> version(parameters));
        calls.put("GET 2.0/mlflow/model-versions/get-download-uri", (parameters, sender) -> downloadUri(parameters));
        calls.putAll(new SearchCalls(origin, transactions, database, plannedAnew).calls());
    }

    /**
     * The members of the answer; empty if the call is no read of the registry.
     *
     * @throws MlflowException the call is refused, or names what is not there
     */
    public Optional<Map<String, Object>> answer(MlflowCall call, Parameters parameters) {
        return Optional.ofNullable(calls.get(LocalMlflow.key(call))).map(read -> read.answer(parameters, NOBODY));
    }

    Map<String, LocalCall> calls() {
        return calls;
    }

    /** A mirror has the names that its server allows. */
    private String name(Parameters parameters) {
        return origin.equals(Origin.LOCAL) ? Given.model(parameters, "name") : Given.anyModel(parameters, "name");
    }

    private Map<String, Object> model(Parameters parameters) {
        String name = name(parameters);
        return transactions.read(() -> {
            StoredModel model = Answers.orNoModel(models.find(origin, name), name);
            return Map.of("registered_model", Answers.model(model, stages.newest(origin, name)));
        });
    }

    private Map<String, Object> latest(Parameters parameters) {
        String name = name(parameters);
        List<String> stages = parameters.texts("stages");
        return transactions.read(() -> {
            List<StoredVersion> newest = this.stages.newest(origin, name, EnumSet.allOf(Stage.class));
            if (newest.isEmpty()) {
                Answers.orNoModel(models.find(origin, name), name);
            }
            Set<Stage> wanted = stages.stream()
                    .map(Given::stage)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Stage.class)));
            List<Map<String, Object>> found = newest.stream()
                    .filter(version -> wanted.isEmpty() || wanted.contains(version.stage()))
                    .map(MlflowJson::version)
                    .toList();
            return found.isEmpty() ? Answers.NOTHING : Map.of("model_versions", found);
        });
    }

    private Map<String, Object> alias(Parameters parameters) {
        String name = name(parameters);
        String text = parameters.required("alias");
        if (text.toLowerCase(Locale.ROOT).equals(LATEST)) {
            return transactions.read(() -> versions.newest(origin, name)
                    .map(Answers::version)
                    .orElseThrow(
                            () -> absent(name, MlflowException.absent("The model '" + name + "' has no version."))));
        }
        // No version has a reserved alias, and to ask for one is no mistake.
        Optional<Alias> alias = Alias.isReserved(text) ? Optional.empty() : Optional.of(Given.alias(parameters));
        return transactions.read(() -> alias.flatMap(known -> aliases.find(origin, name, known))
                .map(Answers::version)
                .orElseThrow(() -> absent(
                        name,
                        new MlflowException(
                                MlflowErrorCode.INVALID_PARAMETER_VALUE,
                                "Registered model alias " + text + " not found."))));
    }

    /** What is wrong where a version was not found: there is no model, or {@code otherwise}. */
    private MlflowException absent(String name, MlflowException otherwise) {
        return models.find(origin, name).isPresent() ? otherwise : Answers.noModel(name);
    }

    private Map<String, Object> version(Parameters parameters) {
        return Answers.version(stored(parameters));
    }

    private Map<String, Object> downloadUri(Parameters parameters) {
        return Map.of("artifact_uri", stored(parameters).downloadSource());
    }

    private StoredVersion stored(Parameters parameters) {
        String name = name(parameters);
        long version = Given.version(parameters);
        return Answers.orNoVersion(transactions.read(() -> versions.find(origin, name, version)), name, version);
    }
}
