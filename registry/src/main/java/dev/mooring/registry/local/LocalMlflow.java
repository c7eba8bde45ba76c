package dev.mooring.registry.local;

import dev.mooring.registry.mlflow.MlflowCall;
import dev.mooring.registry.mlflow.MlflowEndpoints;
import dev.mooring.registry.mlflow.MlflowErrorCode;
import dev.mooring.registry.mlflow.MlflowException;
import dev.mooring.registry.mlflow.MlflowPath;
import dev.mooring.registry.store.ModelEvents;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Transactions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** MLflow's interface without an MLflow server: the calls of the registry, and refusals of all others. Thread-safe. */
final class LocalMlflow {
    private final Map<String, LocalCall> calls = new HashMap<>();

    LocalMlflow(
            Transactions transactions, JdbcClient database, JdbcClient plannedAnew, ModelEvents events, UUID holder) {
        calls.putAll(new RegistryReads(Origin.LOCAL, transactions, database, plannedAnew).calls());
        calls.putAll(new ModelCalls(transactions, database).calls());
        calls.putAll(new VersionCalls(transactions, database, events).calls());
        calls.putAll(new NewVersionCall(transactions, database, events, holder).calls());
        calls.put("GET 3.0/mlflow/server-info", (parameters, sender) -> ServerInfo.ANSWER);
    }

    /** The call under this method and path; refuses one that MLflow does not know, or that needs an MLflow server. */
    LocalCall find(MlflowCall call) {
        LocalCall found = calls.get(key(call));
        if (found != null && call.endpoint().isPresent()) {
            return found;
        }
        if (call.endpoint().isPresent()) {
            throw new MlflowException(
                    MlflowErrorCode.NOT_IMPLEMENTED,
                    "This service has no MLflow server behind it, so it serves only the model registry. Its operator starts it"
                            + " with MLFLOW_TRACKING_URI, the address of an MLflow server, and then it passes such calls on.");
        }
        throw new MethodNotAllowed(methods(call.path()));
    }

    /** The methods that a path takes; refuses a path that MLflow does not know. */
    Set<String> methods(MlflowPath path) {
        Set<String> methods = MlflowEndpoints.methods(path);
        if (methods.isEmpty()) {
            throw new MlflowException(
                    MlflowErrorCode.ENDPOINT_NOT_FOUND,
                    "MLflow has no endpoint " + path.rest() + ". Check MLFLOW_TRACKING_URI of the client.");
        }
        return methods;
    }

    /** The name of a call; GET stands for HEAD. */
    static String key(MlflowCall call) {
        return (call.method().equals("HEAD") ? "GET" : call.method()) + " "
                + call.path().resource();
    }
}
