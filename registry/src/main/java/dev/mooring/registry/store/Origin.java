package dev.mooring.registry.store;

import java.util.Optional;

/**
 * Where the rows of a registry come from. Each origin is a registry of its own: the same name in two of them means two models.
 *
 * @param value the text in the column {@code origin}
 */
public record Origin(String value) {
    private static final String WORKSPACE = "mlflow:";

    /** The registry that this service itself keeps; its rows are the truth. */
    public static final Origin LOCAL = new Origin("");

    /** The MLflow server behind the service, without workspaces; its rows are a mirror. */
    public static final Origin MLFLOW = new Origin("mlflow");

    /** Whether its rows are the truth, and not a mirror. */
    boolean isTruth() {
        return equals(LOCAL);
    }

    /** The name of the workspace; empty for all registries without workspaces. */
    public Optional<String> workspaceName() {
        return value.startsWith(WORKSPACE) ? Optional.of(value.substring(WORKSPACE.length())) : Optional.empty();
    }

    /** A workspace of the MLflow server behind the service; its rows are a mirror. */
    public static Origin workspace(String name) {
        return new Origin(WORKSPACE + name);
    }
}
