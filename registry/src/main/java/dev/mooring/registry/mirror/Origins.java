package dev.mooring.registry.mirror;

import dev.mooring.registry.store.Origin;
import java.util.Optional;

/** The mirrors of the workspaces of the MLflow server. */
final class Origins {
    private static final String PREFIX = Origin.workspace("").value();

    private Origins() {}

    /** The mirror for a call with this header {@code X-MLFLOW-WORKSPACE}. */
    static Origin of(Optional<String> workspace) {
        return workspace.filter(name -> !name.isBlank()).map(Origin::workspace).orElse(Origin.MLFLOW);
    }

    /** The workspace of a mirror; empty for MLflow's own. */
    static String workspace(Origin origin) {
        return origin.value().startsWith(PREFIX) ? origin.value().substring(PREFIX.length()) : "";
    }
}
