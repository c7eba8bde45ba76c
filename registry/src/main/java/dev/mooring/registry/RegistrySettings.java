package dev.mooring.registry;

import dev.mooring.DependencySettings;
import dev.mooring.settings.ByteSize;
import dev.mooring.settings.Secret;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.SettingGroup;
import java.nio.file.Path;
import java.time.Duration;

/** What can be set of the service, and the catalog of everything that can be set at all. */
public final class RegistrySettings {
    /** Folder of what the service keeps on this machine. */
    public static final Setting<Path> HOME = Setting.path("mooring.home")
            .describedAs("Folder for what the service keeps on this machine, such as the embedded PostgreSQL's data.")
            .defaultsTo(Path.of(".mooring"));

    /** Port of the service's HTTP interface. */
    public static final Setting<Integer> PORT = Setting.port("port")
            .describedAs("Port that the service listens on; 0 picks a free one.")
            .between(0, 65535)
            .defaultsTo(8080);

    /** Longest time that a request may take. */
    public static final Setting<Duration> REQUEST_TIMEOUT = Setting.duration("request-timeout")
            .describedAs("Longest time that a request may take; then it is answered with 503.")
            .between(Duration.ofSeconds(1), Duration.ofMinutes(5))
            .defaultsTo(Duration.ofSeconds(5));

    /** Largest body of a request. */
    public static final Setting<ByteSize> MAX_REQUEST_SIZE = Setting.size("max-request-size")
            .describedAs("Largest body of a request; a larger one is answered with 413.")
            .between(new ByteSize(1 << 10), new ByteSize(1 << 30))
            .defaultsTo(new ByteSize(1 << 20));

    /** Key that carries every scope. */
    public static final Setting<Secret> ADMIN_API_KEY = Setting.secret("admin-api-key")
            .describedAs("Key that carries every scope and works while the database is down.");

    private static final SettingGroup SERVICE = SettingGroup.of(
            "Service", "How the service listens and answers.", HOME, PORT, REQUEST_TIMEOUT, MAX_REQUEST_SIZE);

    private static final SettingGroup KEYS = SettingGroup.of("Keys", "Who may call.", ADMIN_API_KEY);

    /** Every setting of the service, in the order in which people read them. */
    public static final SettingCatalog CATALOG = SettingCatalog.of(
                    DependencySettings.HEALTH, DependencySettings.BREAKERS, SERVICE, KEYS)
            .withDependencies("database");

    private RegistrySettings() {}
}
