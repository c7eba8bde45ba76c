package dev.mooring.registry.gateway;

import java.util.Optional;

/**
 * Sees the calls on MLflow's registry that pass through the gateway, and answers for MLflow while it is away. A bean of this type is optional.
 * Thread-safe. What a method throws is logged, and the client's call goes on without it.
 */
public interface RegistryObserver {
    /**
     * MLflow answered a call, whatever the status is. Of a write the gateway calls this before the client has its answer, with a deadline of
     * 1 s on the thread; of a read afterwards. Larger answers than 8 MiB, and encoded ones, are not seen.
     */
    void saw(RegistryCall call, RegistryAnswer answer);

    /**
     * A write went to MLflow, or may have gone there, and no answer of MLflow came: it was too late, the connection broke, or something else
     * answered. MLflow made the change, makes it later, or never makes it. The gateway does not call this for what it certainly did not send.
     */
    void lost(RegistryCall call);

    /**
     * The answer to a read, without MLflow: it refused the connection, broke it, was too late, or its breaker is open. Empty when this process
     * cannot know the answer; the client then gets 503.
     */
    Optional<OutageAnswer> answerInOutage(RegistryCall call);
}
