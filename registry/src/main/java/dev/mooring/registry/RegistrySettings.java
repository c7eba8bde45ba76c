package dev.mooring.registry;

import dev.mooring.operations.OperationsSettings;
import dev.mooring.operations.authservice.AuthServiceSettings;
import dev.mooring.postgres.settings.DatabaseSettings;
import dev.mooring.postgres.settings.StartSettings;
import dev.mooring.redis.settings.RedisVariables;
import dev.mooring.registry.backend.MlflowSettings;
import dev.mooring.registry.events.EventSettings;
import dev.mooring.settings.DependencySettings;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.SettingGroup;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The settings of the registry, and the catalog of all settings of the service. */
public final class RegistrySettings {
    private static final String DATABASE_NAME = "mlflow_db";
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IP_ADDRESS =
            Pattern.compile(BYTE + "(\\." + BYTE + "){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final String ANYWHERE = "0.0.0.0";
    private static final String THIS_MACHINE = "127.0.0.1";

    /** The folder for what the service keeps on this machine. */
    public static final Setting<Path> HOME = Setting.path("mooring.home")
            .describedAs(
                    "Folder for what the service keeps on this machine: the embedded PostgreSQL with its data. Only the"
                            + " user of the service or root may own it and write there. Not used with a database of your"
                            + " own.")
            .defaultsTo(Path.of(".mooring"));

    private static final Setting<String> BIND_ADDRESS = ServiceSettings.BIND_ADDRESS
            .accepting(
                    "an IP address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them",
                    address -> IP_ADDRESS.matcher(address).matches())
            .defaultsTo(
                    THIS_MACHINE + " on the embedded database, otherwise " + ANYWHERE,
                    settings -> usesEmbeddedDatabase(settings) ? THIS_MACHINE : ANYWHERE);

    private static final SettingGroup DATABASE = DatabaseSettings.DATABASE
            .group()
            .redefining(
                    DatabaseSettings.DATABASE.name().defaultsTo(DATABASE_NAME),
                    DatabaseSettings.DATABASE
                            .fallbackName()
                            .defaultsWhere(
                                    "mlflow; none where another DATABASE_NAME than the default is set",
                                    RegistrySettings::fallbackName),
                    DatabaseSettings.DATABASE.applicationName().defaultsTo(ServiceSettings.NAME));

    private static final SettingGroup SERVICE = ServiceSettings.SERVICE
            .redefining(
                    ServiceSettings.NAME.defaultsTo("registry"),
                    BIND_ADDRESS,
                    ServiceSettings.FEATURES.defaultsTo(
                            "those of mlflow and redis that are on", RegistrySettings::features))
            .requiring(RegistrySettings::rejectOnePortForBoth);

    private static final SettingGroup OPERATIONS = OperationsSettings.OPERATIONS
            .redefining(OperationsSettings.AUTH_ENABLED.defaultsTo(
                    "true; false on the embedded database", settings -> !usesEmbeddedDatabase(settings)))
            .requiring(RegistrySettings::noticeKeyWithoutEffect);

    private static final SettingGroup THIS_SERVICE =
            SettingGroup.of("Registry", "What the model registry keeps on its machine.", HOME);

    /** Every setting of the service, in the order of the reference page. */
    public static final SettingCatalog CATALOG = SettingCatalog.of(
                    DATABASE,
                    StartSettings.START,
                    DependencySettings.HEALTH,
                    DependencySettings.BREAKERS,
                    MlflowSettings.MLFLOW.requiring(settings -> OwnAddress.reject(settings, MlflowSettings.BACKEND)),
                    RedisVariables.REDIS,
                    EventSettings.MESSAGES,
                    SERVICE,
                    OPERATIONS,
                    AuthServiceSettings.AUTH_SERVICE.requiring(
                            settings -> OwnAddress.reject(settings, AuthServiceSettings.BACKEND)),
                    THIS_SERVICE)
            .withDependencies("database", MlflowSettings.NAME, RedisVariables.NAME, "auth");

    private RegistrySettings() {}

    /** A name that a person chose and mistyped must not lead into the database of MLflow. */
    private static Optional<String> fallbackName(Settings settings) {
        return Optional.of("mlflow").filter(fallback -> settings.get(DatabaseSettings.DATABASE.name())
                .equals(DATABASE_NAME));
    }

    private static void rejectOnePortForBoth(Settings settings) {
        Optional<Integer> management = settings.find(ServiceSettings.MANAGEMENT_PORT);
        if (management.isPresent() && management.equals(settings.find(ServiceSettings.PORT))) {
            settings.reject(
                    ServiceSettings.MANAGEMENT_PORT,
                    "another port than that of " + settings.shown(ServiceSettings.PORT));
        }
    }

    /** An operator who sets a key wants calls to need one, and on the embedded database they do not. */
    private static void noticeKeyWithoutEffect(Settings settings) {
        if (settings.isSet(OperationsSettings.ADMIN_API_KEY)
                && !settings.isSet(OperationsSettings.AUTH_ENABLED)
                && usesEmbeddedDatabase(settings)) {
            settings.warn(
                    "ADMIN_API_KEY is set, and calls need no key all the same, because AUTH_ENABLED is false on the embedded"
                            + " database: set AUTH_ENABLED=true");
        }
    }

    private static List<String> features(Settings settings) {
        List<String> features = new ArrayList<>();
        if (MlflowSettings.isBehind(settings)) {
            features.add(MlflowSettings.NAME);
        }
        if (settings.get(RedisVariables.ENABLED)) {
            features.add(RedisVariables.NAME);
        }
        return features;
    }

    /** Whether no setting names a database, so that the service starts its own. */
    public static boolean usesEmbeddedDatabase(Settings settings) {
        return !settings.isSet(DatabaseSettings.DATABASE.host());
    }
}
