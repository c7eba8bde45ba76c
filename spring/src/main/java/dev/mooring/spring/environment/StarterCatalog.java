package dev.mooring.spring.environment;

import static dev.mooring.postgres.settings.DatabaseSettings.DATABASE;

import dev.mooring.postgres.settings.StartSettings;
import dev.mooring.settings.DependencySettings;
import dev.mooring.settings.SettingCatalog;
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

    /** The application's catalog if it supplies one through {@link CatalogSource}, otherwise the starter's. */
    static SettingCatalog ofTheApplication(ClassLoader loader) {
        List<CatalogSource> named =
                SpringFactoriesLoader.forDefaultResourceLocation(loader).load(CatalogSource.class);
        return named.isEmpty() ? catalog() : named.get(0).catalog();
    }
}
