package dev.mooring.redis.settings;

import dev.mooring.probe.ProbeTiming;
import dev.mooring.settings.DependencySettings;
import dev.mooring.settings.Secret;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingGroup;
import dev.mooring.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The definitions of the settings {@code REDIS_*}. {@link RedisSettings} holds their values. */
public final class RedisVariables {
    /** The name of the dependency. */
    public static final String NAME = "redis";

    private static final Setting<RedisUri> URL = Setting.of("redis.url", RedisUri.TYPE)
            .describedAs(
                    "Address of one server, with all that the URI says; a variable of its own overrules its part.");
    private static final Setting<String> HOST = Setting.text("redis.host")
            .describedAs("Host name or address of one server.")
            .takenFrom(URL, uri -> Optional.of(uri.node().host()))
            .accepting("a host name or an address", host -> Node.parse(bracketed(host), Node.REDIS)
                    .isPresent());
    private static final Setting<Integer> PORT = Setting.port("redis.port")
            .describedAs("Port of that server.")
            .takenFrom(URL, uri -> Optional.of(uri.node().port()))
            .defaultsTo(Node.REDIS);
    private static final Setting<List<String>> NODES = Setting.list("redis.nodes")
            .describedAs("Servers of a cluster, or Sentinels where REDIS_SENTINEL_MASTER is set, as host:port.")
            .accepting(
                    "a list of host:port, separated by commas",
                    nodes -> !nodes.isEmpty() && Node.all(nodes, Node.REDIS).size() == nodes.size());
    private static final Setting<String> SENTINEL_MASTER = Setting.text("redis.sentinel-master")
            .describedAs("Name under which the Sentinels know the primary.")
            .accepting(
                    "a name without spaces",
                    name -> !name.isEmpty() && name.chars().noneMatch(Character::isWhitespace));

    private static final Setting<Secret> SENTINEL_PASSWORD = Setting.secret("redis.sentinel-password")
            .describedAs("Password of the Sentinels themselves, where they ask for one.");

    /** Whether the process uses Redis. */
    public static final Setting<Boolean> ENABLED = Setting.flag("redis.enabled")
            .defaultsTo(
                    "true when an address is set",
                    settings -> settings.isSet(URL) || settings.isSet(HOST) || settings.isSet(NODES))
            .describedAs("Whether the process uses Redis.");

    private static final Setting<String> USERNAME = Setting.text("redis.username")
            .describedAs("ACL user. Without it a log-in has the password alone.")
            .takenFrom(URL, RedisUri::user);
    private static final Setting<Secret> PASSWORD = Setting.secret("redis.password")
            .describedAs("Password; each log-in reads a password file again.")
            .takenFrom(URL, RedisUri::password);
    private static final Setting<Integer> DATABASE = Setting.integer("redis.database")
            .describedAs("Number of the database; a cluster has only 0.")
            .between(0, RedisUri.MOST_DATABASES - 1)
            .takenFrom(URL, RedisUri::database)
            .defaultsTo(0);
    private static final Setting<Boolean> TLS = Setting.flag("redis.tls")
            .describedAs("Whether connections are encrypted, and the server's certificate and name checked.")
            .takenFrom(URL, uri -> Optional.of(uri.tls()))
            .defaultsTo(false);
    private static final Setting<Path> CA_FILE = Setting.path("redis.ca-file")
            .describedAs(
                    "File of the authorities (PEM) that may sign the server's certificate; without it those of the JDK.")
            .accepting("a file with certificates (PEM)", PemFile::hasCertificates);
    private static final Setting<Duration> CONNECT = Setting.duration("redis.connect-timeout")
            .describedAs("Longest time for a connection, from the TCP connect to the log-in.")
            .between(Duration.ofMillis(100), Duration.ofMinutes(5))
            .defaultsTo(RedisSettings.CONNECT);
    private static final Setting<Duration> COMMAND = Setting.duration("redis.command-timeout")
            .describedAs("Longest wait for the answer to a command.")
            .between(Duration.ofMillis(10), Duration.ofMinutes(5))
            .defaultsTo(RedisSettings.COMMAND);
    private static final Setting<Integer> SESSIONS = Setting.integer("redis.pool-max")
            .describedAs("Most connections for commands that block, beside the one that all other calls share.")
            .between(1, 1_000)
            .defaultsTo(RedisSettings.SESSIONS);

    /** All of them. Add the families of every dependency once for the process. */
    public static final SettingGroup REDIS = SettingGroup.of(
                    "Redis",
                    "Where Redis is and how long to wait for it: one server (`REDIS_URL` or `REDIS_HOST`), a primary with Sentinels, or"
                            + " a cluster. Without an address the process does not use Redis.",
                    ENABLED,
                    URL,
                    HOST,
                    PORT,
                    NODES,
                    SENTINEL_MASTER,
                    SENTINEL_PASSWORD,
                    USERNAME,
                    PASSWORD,
                    DATABASE,
                    TLS,
                    CA_FILE,
                    CONNECT,
                    COMMAND,
                    SESSIONS)
            .requiring(RedisVariables::check);

    private RedisVariables() {}

    private static void check(Settings settings) {
        boolean one = settings.find(HOST).isPresent();
        boolean several = settings.find(NODES).isPresent();
        if (settings.get(ENABLED) && !one && !several) {
            settings.reject(ENABLED, "false, because neither " + URL + " nor " + HOST + " nor " + NODES + " is set");
        }
        if (one && several) {
            settings.reject(NODES, "nothing, because " + (settings.isSet(URL) ? URL : HOST) + " names one server");
        }
        if (settings.find(SENTINEL_MASTER).isPresent() && !several) {
            settings.reject(SENTINEL_MASTER, NODES + " beside it, with the addresses of the Sentinels");
        }
        if (settings.secret(SENTINEL_PASSWORD).isPresent()
                && settings.find(SENTINEL_MASTER).isEmpty()) {
            settings.reject(SENTINEL_PASSWORD, SENTINEL_MASTER + " beside it");
        }
        if (several && settings.find(SENTINEL_MASTER).isEmpty() && settings.get(DATABASE) != 0) {
            settings.reject(DATABASE, "0, because a cluster has no other database");
        }
        if (settings.find(USERNAME).isPresent() && settings.secret(PASSWORD).isEmpty()) {
            settings.reject(USERNAME, PASSWORD + " beside it");
        }
        if (settings.find(CA_FILE).isPresent() && !settings.get(TLS)) {
            settings.reject(CA_FILE, TLS + "=true beside it");
        }
    }

    /**
     * Reads their values, and those of breaker and probes of the dependency {@code redis}; empty where no address is set. {@code settings}
     * collects the mistakes.
     */
    public static Optional<RedisSettings> read(Settings settings) {
        return topology(settings)
                .map(topology -> new RedisSettings(
                        NAME,
                        settings.get(ENABLED),
                        topology,
                        settings.find(USERNAME),
                        settings.secret(PASSWORD),
                        settings.get(DATABASE),
                        settings.get(TLS),
                        settings.find(CA_FILE),
                        settings.get(CONNECT),
                        settings.get(COMMAND),
                        settings.get(SESSIONS),
                        DependencySettings.timing(settings, NAME, new ProbeTiming()),
                        DependencySettings.breaker(settings, NAME, RedisSettings.BREAKER)));
    }

    private static Optional<Topology> topology(Settings settings) {
        Optional<String> master = settings.find(SENTINEL_MASTER);
        Optional<Topology> several = settings.find(NODES)
                .map(nodes -> master.isPresent()
                        ? new Topology.Sentinel(
                                master.get(), Node.all(nodes, Node.SENTINEL), settings.secret(SENTINEL_PASSWORD))
                        : new Topology.Cluster(Node.all(nodes, Node.REDIS)));
        return several.or(() -> settings.find(HOST)
                .flatMap(host -> Node.parse(bracketed(host), Node.REDIS))
                .map(node -> new Topology.Standalone(new Node(node.host(), settings.get(PORT)))));
    }

    /** An IPv6 address may come without brackets. */
    private static String bracketed(String host) {
        return host.chars().filter(c -> c == ':').count() > 1 && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
