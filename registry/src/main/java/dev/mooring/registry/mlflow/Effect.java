package dev.mooring.registry.mlflow;

/** What a call does, whatever its method: several of MLflow's reads are POST. */
public enum Effect {
    /** The call changes nothing, so it may be repeated and be answered from a mirror. */
    READ,
    /** The call changes something. */
    WRITE
}
