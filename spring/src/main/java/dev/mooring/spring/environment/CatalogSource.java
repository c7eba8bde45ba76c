package dev.mooring.spring.environment;

import dev.mooring.settings.SettingCatalog;

/**
 * Supplies an application's own catalog of settings, for an application that has more settings or other defaults than the
 * starter. The application lists its implementation in {@code META-INF/spring.factories}, because the starter reads settings
 * before there are beans.
 */
@FunctionalInterface
public interface CatalogSource {
    /** All settings of the application. */
    SettingCatalog catalog();
}
