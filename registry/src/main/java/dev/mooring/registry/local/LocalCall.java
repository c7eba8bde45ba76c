package dev.mooring.registry.local;

import dev.mooring.registry.mlflow.Parameters;
import java.util.Map;

/** One call of MLflow's registry. Thread-safe. */
@FunctionalInterface
interface LocalCall {
    /**
     * Carries the call out and commits it.
     *
     * @param parameters what the client sent
     * @param sender who sent it
     * @return the members of the answer
     * @throws dev.mooring.registry.mlflow.MlflowException the call is refused
     */
    Map<String, Object> answer(Parameters parameters, Sender sender);
}
