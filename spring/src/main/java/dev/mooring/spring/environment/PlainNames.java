package dev.mooring.spring.environment;

import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;

/**
 * The settings that the starter also reads under their plain environment names, such as {@code DATABASE_HOST}. Every setting can be
 * set as {@code mooring.…} and as {@code MOORING_…}.
 *
 * <p>An application with a {@link CatalogSource} owns the names of its environment, so all of its settings have plain names. In any other
 * application names such as {@code PORT} or {@code LOG_LEVEL} belong to the application. There the starter reads, of its own settings,
 * {@code STARTUP_WAIT}, and {@code DATABASE_*} while no {@code spring.datasource.*} names a database. Settings that the application or
 * a module adds, such as {@code RANKING_CB_WINDOW}, have plain names.
 */
final class PlainNames {
    private static final String STARTUP_WAIT = "STARTUP_WAIT";
    private static final String DATABASE = "DATABASE_";
    private static final String POSTGRES_URI = "POSTGRES_URI";
    /** Boot's properties that name a database, of any kind. */
    private static final List<String> OF_BOOTS_DATABASE =
            List.of("spring.datasource.url", "spring.datasource.jndi-name");

    private final Set<String> ofTheApplication;

    private PlainNames(Set<String> ofTheApplication) {
        this.ofTheApplication = Set.copyOf(ofTheApplication);
    }

    /** The plain names of the application with this environment and this class loader. */
    static PlainNames of(Environment environment, ClassLoader loader) {
        return StarterCatalog.isSupplied(loader) ? new PlainNames(Set.of()) : ofTheStarter(environment);
    }

    private static PlainNames ofTheStarter(Environment environment) {
        boolean takesDatabase = databaseOfBoot(environment).isEmpty();
        Set<String> ofTheApplication = new HashSet<>();
        for (Setting<?> setting : StarterCatalog.catalog().settings()) {
            names(setting).map(SettingName::variable).forEach(ofTheApplication::add);
        }
        ofTheApplication.removeIf(name -> name.equals(STARTUP_WAIT) || (takesDatabase && isOfTheDatabase(name)));
        return new PlainNames(ofTheApplication);
    }

    /** The property by which Boot names the database, if there is one. */
    static Optional<String> databaseOfBoot(Environment environment) {
        return OF_BOOTS_DATABASE.stream()
                .filter(property -> BootProperty.isSet(environment, property))
                .findFirst();
    }

    private static Stream<SettingName> names(Setting<?> setting) {
        Stream<SettingName> all = Stream.concat(Stream.of(setting.name()), setting.aliases().stream());
        return setting.isSecret() ? Stream.concat(all, Stream.of(setting.name().file())) : all;
    }

    private static boolean isOfTheDatabase(String variable) {
        return variable.startsWith(DATABASE) || variable.equals(POSTGRES_URI);
    }

    /** Whether the starter reads this setting from the environment variable {@link SettingName#variable()}. */
    boolean include(SettingName name) {
        return include(name.variable());
    }

    /** Whether the starter reads a setting from the environment variable {@code variable}. */
    boolean include(String variable) {
        return !ofTheApplication.contains(variable);
    }
}
