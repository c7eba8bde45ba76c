package dev.mooring.registry.mirror;

import dev.mooring.registry.mlflow.Parameters;

/** Reads the number of a version in a call that MLflow accepted, as Python reads an integer. */
final class VersionText {
    private VersionText() {}

    /** The number; 0 if there is none. */
    static long number(Parameters parameters) {
        try {
            return Long.parseLong(parameters.textOrEmpty("version").strip().replace("_", ""));
        } catch (NumberFormatException none) {
            return 0;
        }
    }
}
