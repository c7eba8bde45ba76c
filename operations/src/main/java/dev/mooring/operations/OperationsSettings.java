package dev.mooring.operations;

import dev.mooring.settings.Secret;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingGroup;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** The settings of operations. */
public final class OperationsSettings {
    private static final int SHORTEST_KEY = 16;

    /** Whether calls need a key. */
    public static final Setting<Boolean> AUTH_ENABLED = Setting.flag("auth-enabled")
            .describedAs(
                    "Whether calls need a key. If false, operations and detailed health still need one unless the service "
                            + "listens on this machine only.")
            .defaultsTo(true);

    /** The key that carries every scope. */
    public static final Setting<Secret> ADMIN_API_KEY = Setting.token("admin-api-key")
            .describedAs(
                    "Key that carries every scope and works while the database is down. The service reads its file again every 2 s.");

    /** The key that signs checkpoints of the audit. */
    public static final Setting<Secret> AUDIT_SIGNING_KEY = Setting.secret("audit-signing-key")
            .accepting(
                    "a secret of at least " + SHORTEST_KEY + " characters",
                    key -> key.reveal().length() >= SHORTEST_KEY)
            .describedAs(
                    "Key that signs checkpoints of the audit in the log; keep it outside the database. Without it checkpoints have no"
                            + " signature.");

    /** Whether metrics are open. */
    public static final Setting<Boolean> METRICS_PUBLIC = Setting.flag("metrics-public")
            .describedAs("Whether metrics need no key. If false, they need the same key as detailed health.")
            .defaultsTo(false);

    /** The requests that each caller may make in a minute. */
    public static final Setting<Integer> RATE_LIMIT_PER_MINUTE = Setting.integer("rate-limit-per-minute")
            .describedAs(
                    "Requests a minute that each key may make on one instance; without a key, each client address. Calls of"
                            + " operations, health and metrics do not count.")
            .between(1, 1_000_000)
            .orOff();

    /** All of them. */
    public static final SettingGroup OPERATIONS = SettingGroup.of(
            "Operations",
            "Which calls need a key, the key that opens all of them, the key that signs the audit, and how many requests a key may"
                    + " make.",
            AUTH_ENABLED,
            ADMIN_API_KEY,
            AUDIT_SIGNING_KEY,
            METRICS_PUBLIC,
            RATE_LIMIT_PER_MINUTE);

    /** Texts that are an address and not a host name, so that reading one needs no name lookup. */
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private OperationsSettings() {}

    /** Whether {@code BIND_ADDRESS} is a loopback address, so that no other machine reaches the service. False for a host name. */
    public static boolean isReachableFromThisMachineOnly(Settings settings) {
        String address = settings.get(ServiceSettings.BIND_ADDRESS);
        try {
            return IP_ADDRESS.matcher(address).matches()
                    && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }
}
