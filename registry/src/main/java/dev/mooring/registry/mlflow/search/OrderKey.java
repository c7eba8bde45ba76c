package dev.mooring.registry.mlflow.search;

/** By what a search orders. */
public enum OrderKey {
    /** The name of the model. */
    NAME,
    /** The number of the version. */
    VERSION_NUMBER,
    /** When it was made. */
    CREATED,
    /** When it last changed. */
    LAST_UPDATED
}
