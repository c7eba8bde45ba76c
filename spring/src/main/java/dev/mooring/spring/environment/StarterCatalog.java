package dev.mooring.spring.environment;

import static dev.mooring.postgres.settings.DatabaseSettings.DATABASE;

import dev.mooring.postgres.settings.StartSettings;
import dev.mooring.settings.DependencySettings;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.SettingGroup;
import java.util.List;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** The settings of an application that uses the starter. */
public final class StarterCatalog {
    private StarterCatalog() {}

    /** The settings that the starter defines. */
    public static SettingCatalog catalog() {
        return SettingCatalog.of(
                        DATABASE.group().redefining(DATABASE.applicationName().defaultsTo(ServiceSettings.NAME)),
                        StartSettings.START,
                        DependencySettings.HEALTH,
                        DependencySettings.BREAKERS,
                        ServiceSettings.SERVICE,
                        ServiceSettings.SWITCHES)
                .withDependencies("database");
    }

    /**
     * The application's catalog if it supplies one through {@link CatalogSource}, otherwise the starter's; with the settings of
     * modules that the catalog does not hold.
     */
    static SettingCatalog ofTheApplication(ClassLoader loader) {
        SpringFactoriesLoader factories = SpringFactoriesLoader.forDefaultResourceLocation(loader);
        List<CatalogSource> named = factories.load(CatalogSource.class);
        SettingCatalog catalog = named.isEmpty() ? catalog() : named.get(0).catalog();
        for (ModuleSettings module : factories.load(ModuleSettings.class)) {
            if (module.isPresent(loader) && !holds(catalog, module.group())) {
                catalog = catalog.and(SettingCatalog.of(module.group())
                        .withDependencies(module.dependencies().toArray(String[]::new)));
            }
        }
        return catalog;
    }

    /** Whether the application supplies a catalog of its own. */
    static boolean isSupplied(ClassLoader loader) {
        return !SpringFactoriesLoader.forDefaultResourceLocation(loader)
                .load(CatalogSource.class)
                .isEmpty();
    }

    /** An application may list a module's settings itself, in a place or with defaults of its own. */
    private static boolean holds(SettingCatalog catalog, SettingGroup group) {
        return group.settings().stream()
                .allMatch(setting -> catalog.find(setting.name()).isPresent());
    }
}
