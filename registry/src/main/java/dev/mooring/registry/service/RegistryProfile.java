package dev.mooring.registry.service;

import dev.mooring.postgres.settings.RetryProfile;
import dev.mooring.profiles.InitLimits;
import dev.mooring.profiles.Profile;

/** The registry as the commands {@code init} and {@code check} know it. */
public final class RegistryProfile {
    public static final Profile REGISTRY = new Profile(
            "registry",
            "mlflow_db",
            RetryProfile.REGISTRY,
            InitLimits.of("registry_init"),
            Schema.MIGRATIONS,
            Schema.MIGRATIONS.tables().keySet().stream()
                    .map(table -> Schema.MIGRATIONS.schema() + "." + table)
                    .toList());

    private RegistryProfile() {}
}
