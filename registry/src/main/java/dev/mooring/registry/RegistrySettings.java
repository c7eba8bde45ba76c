package dev.mooring.registry;

import dev.mooring.postgres.settings.DatabaseSettings;
import dev.mooring.postgres.settings.StartSettings;
import dev.mooring.settings.DependencySettings;
import dev.mooring.settings.Secret;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.SettingGroup;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What can be set of the service, and the catalog of everything that can be set at all. */
public final class RegistrySettings {
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IP_ADDRESS =
            Pattern.compile(BYTE + "(\\." + BYTE + "){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final String ANYWHERE = "0.0.0.0";
    private static final String THIS_MACHINE = "127.0.0.1";

    /** Folder of what the service keeps on this machine. */
    public static final Setting<Path> HOME = Setting.path("mooring.home")
            .describedAs(
                    "Folder for what the service keeps on this machine: the embedded PostgreSQL with its data. Not used "
                            + "with a database of your own.")
            .defaultsTo(Path.of(".mooring"));

    /** Whether calls need a key. */
    public static final Setting<Boolean> AUTH_ENABLED = Setting.flag("auth-enabled")
            .describedAs(
                    "Whether calls need a key. Without, operations and detailed health still need one unless the service "
                            + "listens on this machine only.")
            .defaultsTo("true; false on the embedded database", settings -> !usesEmbeddedDatabase(settings));

    /** Key that carries every scope. */
    public static final Setting<Secret> ADMIN_API_KEY = Setting.secret("admin-api-key")
            .describedAs(
                    "Key that carries every scope and works while the database is down; from a file it is read again every 2 s.");

    /** Whether metrics are open. */
    public static final Setting<Boolean> METRICS_PUBLIC = Setting.flag("metrics-public")
            .describedAs("Whether metrics are told without a key; without, they are guarded as detailed health is.")
            .defaultsTo(false);

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
                    DatabaseSettings.DATABASE.name().defaultsTo("mlflow_db"),
                    DatabaseSettings.DATABASE.fallbackName().defaultsTo("mlflow"),
                    DatabaseSettings.DATABASE.applicationName().defaultsTo(ServiceSettings.NAME));

    private static final SettingGroup SERVICE =
            ServiceSettings.SERVICE.redefining(ServiceSettings.NAME.defaultsTo("registry"), BIND_ADDRESS);

    private static final SettingGroup THIS_SERVICE = SettingGroup.of(
            "Registry",
            "What the model registry keeps and who may call it.",
            HOME,
            AUTH_ENABLED,
            ADMIN_API_KEY,
            METRICS_PUBLIC);

    /** Every setting of the service, in the order in which people read them. */
    public static final SettingCatalog CATALOG = SettingCatalog.of(
                    DATABASE,
                    StartSettings.START,
                    DependencySettings.HEALTH,
                    DependencySettings.BREAKERS,
                    SERVICE,
                    THIS_SERVICE)
            .withDependencies("database");

    private RegistrySettings() {}

    /** Whether nobody named a database, so that the service brings its own. */
    public static boolean usesEmbeddedDatabase(Settings settings) {
        return !settings.isSet(DatabaseSettings.DATABASE.host());
    }

    /** Whether the service listens on loopback, so that nobody on another machine can call it. */
    public static boolean isReachableFromThisMachineOnly(Settings settings) {
        try {
            // No name is looked up: the setting accepts addresses only.
            return InetAddress.getByName(settings.get(BIND_ADDRESS)).isLoopbackAddress();
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }
}
