package dev.mooring.spring.environment;

import dev.mooring.settings.SettingCatalog;

/**
 * Names an application's own catalog of settings, where the starter's is not all, or its defaults are others. Listed in
 * {@code META-INF/spring.factories}, because settings are read before there are beans.
 */
@FunctionalInterface
public interface CatalogSource {
    /** All settings of the application. */
    SettingCatalog catalog();
}
