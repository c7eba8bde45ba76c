package dev.mooring.registry.models;

import dev.mooring.registry.store.ModelName;
import dev.mooring.spring.body.Text;

/**
 * The names in the paths of calls. MLflow's calls make models with names that a registration may not have, for example with a space at the
 * end, so a path may name whatever the tables can keep.
 */
final class ModelPath {
    private ModelPath() {}

    /** Whether a model may have this name. */
    static boolean isPossible(String name) {
        return Text.objectionToFree(name, ModelName.LONGEST) == null;
    }
}
