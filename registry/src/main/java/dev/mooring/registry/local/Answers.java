package dev.mooring.registry.local;

import dev.mooring.registry.mlflow.MlflowException;
import dev.mooring.registry.mlflow.MlflowJson;
import dev.mooring.registry.store.Newest;
import dev.mooring.registry.store.StoredModel;
import dev.mooring.registry.store.StoredVersion;
import java.util.Map;
import java.util.Optional;

/** The members of answers, and the refusals of calls that name what is not there. */
final class Answers {
    /** The answer of a call that has nothing to say. */
    static final Map<String, Object> NOTHING = Map.of();

    private Answers() {}

    static Map<String, Object> version(StoredVersion version) {
        return Map.of("model_version", MlflowJson.version(version));
    }

    static Map<String, Object> model(StoredModel model, Newest newest) {
        return MlflowJson.model(model, newest.versions(), newest.aliases());
    }

    static <T> T orNoModel(Optional<T> found, String name) {
        return found.orElseThrow(() -> noModel(name));
    }

    static <T> T orNoVersion(Optional<T> found, String name, long version) {
        return found.orElseThrow(() -> noVersion(name, version));
    }

    static void orNoModel(boolean found, String name) {
        if (!found) {
            throw noModel(name);
        }
    }

    static void orNoVersion(boolean found, String name, long version) {
        if (!found) {
            throw noVersion(name, version);
        }
    }

    static MlflowException noModel(String name) {
        return MlflowException.absent("Registered Model with name=" + name + " not found");
    }

    static MlflowException noVersion(String name, long version) {
        return MlflowException.absent("Model Version (name=" + name + ", version=" + version + ") not found");
    }
}
