package dev.mooring.registry.mirror;

import dev.mooring.registry.gateway.OutageAnswer;
import dev.mooring.registry.gateway.RegistryCall;
import dev.mooring.registry.local.RegistryReads;
import dev.mooring.registry.mlflow.MlflowError;
import dev.mooring.registry.mlflow.MlflowException;
import dev.mooring.registry.mlflow.Parameters;
import dev.mooring.registry.store.KeptJson;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Transactions;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Answers MLflow's reads from a mirror. It says what was so, and never that something is not there: MLflow may have made it without this service.
 * A client's own mistake gets the answer that MLflow would give. Thread-safe.
 */
final class OutageAnswers {
    private static final String REGISTRY = "2.0/mlflow/";
    private static final String LATEST = "latest";
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    private final Transactions transactions;
    private final JdbcClient database;
    private final JdbcClient plannedAnew;
    private final Knowledge knowledge;

    OutageAnswers(Transactions transactions, JdbcClient database, JdbcClient plannedAnew) {
        this.transactions = transactions;
        this.database = database;
        this.plannedAnew = plannedAnew;
        this.knowledge = new Knowledge(database);
    }

    /** The answer; empty if the mirror does not know it. */
    Optional<OutageAnswer> answer(RegistryCall call) {
        Origin origin = Origins.of(call.workspace());
        String resource = call.call().path().resource();
        if (!resource.startsWith(REGISTRY)) {
            return Optional.empty();
        }
        try {
            Parameters parameters = call.parameters();
            Optional<Duration> age =
                    transactions.read(() -> age(origin, resource.substring(REGISTRY.length()), parameters));
            Optional<Map<String, Object>> answer =
                    new RegistryReads(origin, transactions, database, plannedAnew).answer(call.call(), parameters);
            return age.flatMap(old -> answer.map(members -> new OutageAnswer(OK, KeptJson.bytes(members), old)));
        } catch (MlflowException refused) {
            return mistake(resource, call, refused.error());
        }
    }

    /** What a client got wrong is wrong without MLflow too. */
    private static Optional<OutageAnswer> mistake(String resource, RegistryCall call, MlflowError error) {
        boolean absent = error.status() != BAD_REQUEST || isAbsentAlias(resource, call);
        return absent ? Optional.empty() : Optional.of(new OutageAnswer(error.status(), error.body(), Duration.ZERO));
    }

    /** MLflow answers an alias that is not there like a mistake. */
    private static boolean isAbsentAlias(String resource, RegistryCall call) {
        try {
            return resource.endsWith("registered-models/alias")
                    && !call.parameters().textOrEmpty("name").isEmpty()
                    && !call.parameters().textOrEmpty("alias").isEmpty();
        } catch (MlflowException mistake) {
            return false;
        }
    }

    private Optional<Duration> age(Origin origin, String resource, Parameters parameters) {
        String name = parameters.textOrEmpty("name");
        return switch (resource) {
            case "registered-models/get", "registered-models/get-latest-versions" -> knowledge.model(origin, name);
            case "registered-models/alias" -> {
                String alias = parameters.textOrEmpty("alias");
                yield alias.toLowerCase(Locale.ROOT).equals(LATEST)
                        ? knowledge.model(origin, name)
                        : knowledge.alias(origin, name, alias);
            }
            case "model-versions/get" -> knowledge.version(origin, name, VersionText.number(parameters));
            case "model-versions/get-download-uri" -> knowledge.files(origin, name, VersionText.number(parameters));
            case "registered-models/search", "model-versions/search" -> knowledge.everything(origin);
            default -> Optional.empty();
        };
    }
}
