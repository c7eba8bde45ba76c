package dev.mooring.registry.mlflow;

/** The part of MLflow to which an endpoint belongs. */
public enum Area {
    /** Registered models, their versions, prompts. */
    REGISTRY,
    /** Experiments, runs, metrics, traces, logged models. */
    TRACKING,
    /** Files, whose bodies may be of any size. */
    ARTIFACTS,
    /** Everything else, such as webhooks, and the page of MLflow. */
    OTHER
}
