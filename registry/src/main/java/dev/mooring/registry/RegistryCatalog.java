package dev.mooring.registry;

import dev.mooring.settings.SettingCatalog;
import dev.mooring.spring.environment.CatalogSource;

/** Gives the starter our settings. It makes one by the name of this class. */
public final class RegistryCatalog implements CatalogSource {
    @Override
    public SettingCatalog catalog() {
        return RegistrySettings.CATALOG;
    }
}
