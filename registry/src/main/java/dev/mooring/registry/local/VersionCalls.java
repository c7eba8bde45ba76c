package dev.mooring.registry.local;

import dev.mooring.registry.mlflow.MlflowException;
import dev.mooring.registry.mlflow.Parameters;
import dev.mooring.registry.store.Alias;
import dev.mooring.registry.store.AliasTable;
import dev.mooring.registry.store.ModelEvents;
import dev.mooring.registry.store.ModelTable;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Stage;
import dev.mooring.registry.store.StageTable;
import dev.mooring.registry.store.Transactions;
import dev.mooring.registry.store.VersionTable;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Changes and deletes versions, moves them between stages, and points aliases to them. */
final class VersionCalls {
    static final int LONGEST_VALUE = 100_000;

    private final Transactions transactions;
    private final ModelTable models;
    private final VersionTable versions;
    private final StageTable stages;
    private final AliasTable aliases;

    VersionCalls(Transactions transactions, JdbcClient database, ModelEvents events) {
        this.transactions = transactions;
        this.models = new ModelTable(database);
        this.versions = new VersionTable(database);
        this.stages = new StageTable(database, events);
        this.aliases = new AliasTable(database, events);
    }

    Map<String, LocalCall> calls() {
        return Map.of(
                "PATCH 2.0/mlflow/model-versions/update", this::update,
                "DELETE 2.0/mlflow/model-versions/delete", this::delete,
                "POST 2.0/mlflow/model-versions/transition-stage", this::move,
                "POST 2.0/mlflow/model-versions/set-tag", this::setTag,
                "DELETE 2.0/mlflow/model-versions/delete-tag", this::removeTag,
                "POST 2.0/mlflow/registered-models/alias", this::setAlias,
                "DELETE 2.0/mlflow/registered-models/alias", this::removeAlias);
    }

    private Map<String, Object> update(Parameters parameters, Sender sender) {
        String name = Given.model(parameters, "name");
        long version = Given.version(parameters);
        String description = Given.description(parameters);
        return Answers.version(Answers.orNoVersion(
                transactions.write(() -> versions.describe(Origin.LOCAL, name, version, description)), name, version));
    }

    private Map<String, Object> delete(Parameters parameters, Sender sender) {
        String name = Given.model(parameters, "name");
        long version = Given.version(parameters);
        Answers.orNoVersion(
                transactions.write(() -> versions.delete(Origin.LOCAL, name, version, sender.actor())), name, version);
        return Answers.NOTHING;
    }

    private Map<String, Object> move(Parameters parameters, Sender sender) {
        String name = Given.model(parameters, "name");
        long version = Given.version(parameters);
        Stage stage = Given.stage(parameters.required("stage"));
        boolean archive = parameters.flag("archive_existing_versions");
        if (archive && (stage == Stage.NONE || stage == Stage.ARCHIVED)) {
            throw MlflowException.invalid("archive_existing_versions is only possible for Staging and Production.");
        }
        return transactions.write(() -> {
            // It locks the model first, as every change of its versions does.
            Answers.orNoVersion(models.touch(Origin.LOCAL, name), name, version);
            Answers.orNoVersion(versions.find(Origin.LOCAL, name, version), name, version);
            stages.move(Origin.LOCAL, name, version, stage, archive, sender.actor());
            return answer(name, version);
        });
    }

    private Map<String, Object> setTag(Parameters parameters, Sender sender) {
        String name = Given.model(parameters, "name");
        long version = Given.version(parameters);
        String key = Given.key(parameters);
        String value = Given.value(parameters, LONGEST_VALUE);
        Answers.orNoVersion(
                transactions.write(() -> versions.setTag(Origin.LOCAL, name, version, key, value)), name, version);
        return Answers.NOTHING;
    }

    private Map<String, Object> removeTag(Parameters parameters, Sender sender) {
        String name = Given.model(parameters, "name");
        long version = Given.version(parameters);
        String key = Given.oldKey(parameters);
        Answers.orNoVersion(
                transactions.write(() -> versions.removeTag(Origin.LOCAL, name, version, key)), name, version);
        return Answers.NOTHING;
    }

    private Map<String, Object> setAlias(Parameters parameters, Sender sender) {
        String name = Given.model(parameters, "name");
        Alias alias = Given.newAlias(parameters);
        long version = Given.version(parameters);
        Answers.orNoVersion(
                transactions.write(() -> aliases.set(Origin.LOCAL, name, alias, version, sender.actor())),
                name,
                version);
        return Answers.NOTHING;
    }

    private Map<String, Object> removeAlias(Parameters parameters, Sender sender) {
        String name = Given.model(parameters, "name");
        // No version has a reserved alias, and to remove an alias that is not there is no mistake.
        Optional<Alias> alias = Alias.isReserved(parameters.required("alias"))
                ? Optional.empty()
                : Optional.of(Given.alias(parameters));
        return transactions.write(() -> {
            if (alias.isEmpty() || !aliases.remove(Origin.LOCAL, name, alias.get(), sender.actor())) {
                Answers.orNoModel(models.find(Origin.LOCAL, name), name);
            }
            return Answers.NOTHING;
        });
    }

    private Map<String, Object> answer(String name, long version) {
        return Answers.version(Answers.orNoVersion(versions.find(Origin.LOCAL, name, version), name, version));
    }
}
