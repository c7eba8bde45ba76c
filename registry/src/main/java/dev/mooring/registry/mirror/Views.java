package dev.mooring.registry.mirror;

import dev.mooring.registry.models.Model;
import dev.mooring.registry.models.ModelVersion;
import java.util.Optional;
import java.util.TreeMap;

/** What MLflow said, as clients of this service read it. */
final class Views {
    private Views() {}

    static Model model(SeenModel seen) {
        TreeMap<String, String> aliases = new TreeMap<>();
        seen.aliases().forEach((alias, version) -> aliases.put(alias, Long.toString(version)));
        String newest = seen.newest() == 0 ? null : Long.toString(seen.newest());
        return new Model(seen.name(), newest, aliases, seen.createdAt(), seen.updatedAt());
    }

    /** @param kept the version in the mirror; it has what only this service knows */
    static ModelVersion version(SeenVersion seen, Optional<ModelVersion> kept) {
        return new ModelVersion(
                seen.model(),
                Long.toString(seen.version()),
                seen.source(),
                seen.runId(),
                seen.description(),
                seen.tags(),
                kept.map(ModelVersion::metrics).orElseGet(TreeMap::new),
                seen.aliases().stream().sorted().toList(),
                kept.map(ModelVersion::registrationId).orElse(null),
                kept.map(ModelVersion::registeredBy).orElse(Mirror.MLFLOW),
                seen.createdAt());
    }
}
