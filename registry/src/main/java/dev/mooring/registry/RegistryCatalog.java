package dev.mooring.registry;

import dev.mooring.settings.SettingCatalog;
import dev.mooring.spring.environment.CatalogSource;

/** Gives the starter the settings of the registry. {@code META-INF/spring.factories} names this class. */
public final class RegistryCatalog implements CatalogSource {
    @Override
    public SettingCatalog catalog() {
        return RegistrySettings.CATALOG;
    }
}
