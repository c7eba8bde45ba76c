package dev.mooring.cli.database;

import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.postgres.settings.DatabaseSettings;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.profiles.Profile;
import dev.mooring.registry.RegistrySettings;
import dev.mooring.registry.service.ServiceConfiguration;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.SettingGroup;
import dev.mooring.settings.SettingProblem;
import dev.mooring.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a command: those of the service, and libpq's variables where no setting names a database.
 *
 * @param settings every setting in force, checked
 * @param libpq libpq's variables, where they name the database
 */
public record CommandSettings(Settings settings, Optional<LibpqVariables> libpq) {
    private static final DatabaseSettings DATABASE = DatabaseSettings.DATABASE;

    /**
     * Reads the settings as a service of {@code profile} does.
     *
     * @throws InvalidSettingsException with one line for each mistake
     */
    public static CommandSettings read(Surroundings surroundings, Profile profile) {
        Map<String, String> variables = new HashMap<>(surroundings.environment());
        variables.put("PROFILE", profile.name());
        SettingCatalog catalog = catalog(profile);
        Settings settings = ServiceConfiguration.read(variables, catalog);
        Optional<LibpqVariables> libpq =
                RegistrySettings.usesEmbeddedDatabase(settings) ? LibpqVariables.in(variables) : Optional.empty();
        if (libpq.isPresent()) {
            settings = ServiceConfiguration.read(libpq.get().environment(), catalog);
            surroundings.notes().say("mooring: " + libpq.get().note());
        }
        try {
            settings.check();
        } finally {
            settings.warnings().forEach(warning -> surroundings.notes().say("mooring: warning: " + warning));
        }
        return new CommandSettings(settings, libpq);
    }

    /** The names of all dependencies of the service. */
    List<String> dependencies() {
        return RegistrySettings.CATALOG.dependencies();
    }

    /** Whether a setting, or a variable of libpq, names a database. */
    public boolean nameDatabase() {
        return !RegistrySettings.usesEmbeddedDatabase(settings);
    }

    /**
     * How to connect to the database.
     *
     * @param applicationName the name of the sessions, where no setting names them
     * @throws InvalidSettingsException no database is named
     */
    public PostgresSettings database(String applicationName) {
        if (!nameDatabase()) {
            String host = DATABASE.host().name().variable();
            throw new InvalidSettingsException(List.of(new SettingProblem(
                    host,
                    "no database is named; set " + host + ", DATABASE_URL or POSTGRES_URI, or libpq's PGHOST"
                            + " (mooring config lists all settings)")));
        }
        PostgresSettings database = PostgresSettings.from(settings);
        return settings.isSet(DATABASE.applicationName())
                ? database
                : database.login(login -> login.applicationName(applicationName));
    }

    /** The settings of the service; a system of another name has its own database, and no fallback. */
    private static SettingCatalog catalog(Profile profile) {
        SettingCatalog service = RegistrySettings.CATALOG;
        if (profile.name().equals("registry")) {
            return service;
        }
        List<SettingGroup> groups = service.groups().stream()
                .map(group -> holds(group, DATABASE.name())
                        ? group.redefining(DATABASE.name().defaultsTo(profile.database()), DATABASE.fallbackName())
                        : group)
                .toList();
        return new SettingCatalog(groups, service.dependencies());
    }

    private static boolean holds(SettingGroup group, Setting<?> wanted) {
        return group.settings().stream().anyMatch(setting -> setting.name().equals(wanted.name()));
    }
}
