package dev.mooring.registry.local;

import dev.mooring.registry.mlflow.MlflowErrorCode;
import dev.mooring.registry.mlflow.MlflowException;
import dev.mooring.registry.mlflow.Parameters;
import dev.mooring.registry.store.ModelTable;
import dev.mooring.registry.store.NewModel;
import dev.mooring.registry.store.Newest;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.StageTable;
import dev.mooring.registry.store.StoredModel;
import dev.mooring.registry.store.Transactions;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes, changes, renames and deletes models. */
final class ModelCalls {
    /** What MLflow's table keeps on PostgreSQL. */
    private static final int LONGEST_VALUE = 5_000;

    private final Transactions transactions;
    private final ModelTable models;
    private final StageTable stages;

    ModelCalls(Transactions transactions, JdbcClient database) {
        this.transactions = transactions;
        this.models = new ModelTable(database);
        this.stages = new StageTable(database);
    }

    Map<String, LocalCall> calls() {
        return Map.of(
                "POST 2.0/mlflow/registered-models/create", this::create,
                "PATCH 2.0/mlflow/registered-models/update", this::update,
                "POST 2.0/mlflow/registered-models/rename", this::rename,
                "DELETE 2.0/mlflow/registered-models/delete", this::delete,
                "POST 2.0/mlflow/registered-models/set-tag", this::setTag,
                "DELETE 2.0/mlflow/registered-models/delete-tag", this::removeTag);
    }

    private Map<String, Object> create(Parameters parameters, Sender sender) {
        NewModel wanted = new NewModel(
                Given.newModel(parameters, "name"),
                Given.description(parameters),
                Given.tags(parameters, LONGEST_VALUE));
        StoredModel made = transactions
                .write(() -> models.create(Origin.LOCAL, wanted, sender.actor()))
                .orElseThrow(() -> taken(wanted.name()));
        return Map.of("registered_model", Answers.model(made, Newest.none()));
    }

    private Map<String, Object> update(Parameters parameters, Sender sender) {
        String name = Given.model(parameters, "name");
        String description = Given.description(parameters);
        return transactions.write(
                () -> answer(Answers.orNoModel(models.describe(Origin.LOCAL, name, description), name)));
    }

    private Map<String, Object> rename(Parameters parameters, Sender sender) {
        String from = Given.model(parameters, "name");
        String to = Given.newModel(parameters, "new_name");
        return transactions.write(() -> {
            Answers.orNoModel(models.lock(Origin.LOCAL, from), from);
            if (!from.equals(to) && models.find(Origin.LOCAL, to).isPresent()) {
                throw taken(to);
            }
            return answer(Answers.orNoModel(models.rename(Origin.LOCAL, from, to, sender.actor()), from));
        });
    }

    private Map<String, Object> delete(Parameters parameters, Sender sender) {
        String name = Given.model(parameters, "name");
        Answers.orNoModel(transactions.write(() -> models.delete(Origin.LOCAL, name, sender.actor())), name);
        return Answers.NOTHING;
    }

    private Map<String, Object> setTag(Parameters parameters, Sender sender) {
        String name = Given.model(parameters, "name");
        String key = Given.key(parameters);
        String value = Given.value(parameters, LONGEST_VALUE);
        Answers.orNoModel(transactions.write(() -> models.setTag(Origin.LOCAL, name, key, value)), name);
        return Answers.NOTHING;
    }

    private Map<String, Object> removeTag(Parameters parameters, Sender sender) {
        String name = Given.model(parameters, "name");
        String key = Given.oldKey(parameters);
        Answers.orNoModel(transactions.write(() -> models.removeTag(Origin.LOCAL, name, key)), name);
        return Answers.NOTHING;
    }

    private Map<String, Object> answer(StoredModel model) {
        return Map.of("registered_model", Answers.model(model, stages.newest(Origin.LOCAL, model.name())));
    }

    private static MlflowException taken(String name) {
        return new MlflowException(
                MlflowErrorCode.RESOURCE_ALREADY_EXISTS, "Registered Model (name=" + name + ") already exists.");
    }
}
