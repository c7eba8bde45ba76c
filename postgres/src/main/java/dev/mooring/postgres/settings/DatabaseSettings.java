package dev.mooring.postgres.settings;

import dev.mooring.retry.Backoff;
import dev.mooring.settings.Secret;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingGroup;
import dev.mooring.settings.Settings;
import dev.mooring.settings.ValueType;
import dev.mooring.settings.ValueType.Visibility;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** The definitions of {@code DATABASE_*}, {@code STARTUP_WAIT} and {@code PROFILE}. {@link PostgresSettings} is what they come to. */
public final class DatabaseSettings {
    /** The whole address as one URI. */
    static final Setting<PostgresUri> URL = Setting.of(
                    "database.url",
                    ValueType.of(
                                    PostgresUri.class,
                                    "a URI such as postgresql://user@host:5432/database",
                                    PostgresUri::parse)
                            .showing(Visibility.URI))
            .alsoCalled("postgres.uri")
            .describedAs("Address of the database as one URI; a single setting overrides its part.");

    /** The server's host. */
    public static final Setting<Address> HOST = Setting.of(
                    "database.host",
                    ValueType.of(
                            Address.class, "a host name or IP address, or several separated by commas", Address::parse))
            .takenFrom(URL, uri -> Optional.of(uri.address()))
            .describedAs("Host of the server; of several, separated by commas, the primary is used.");

    /** The server's port. */
    public static final Setting<Integer> PORT = Setting.port("database.port")
            .takenFrom(URL, uri -> boxed(uri.address().firstPort()))
            .defaultsTo(5432)
            .describedAs("Port of the server.");

    /** The user. */
    public static final Setting<String> USER = Setting.text("database.user")
            .takenFrom(URL, PostgresUri::user)
            .defaultsTo("postgres")
            .describedAs("User to log in as.");

    /** The password. */
    public static final Setting<Secret> PASSWORD = Setting.secret("database.password")
            .takenFrom(URL, PostgresUri::password)
            .describedAs("Password of the user; from a file it is read again for each log-in.");

    /** The database. */
    public static final Setting<String> NAME =
            Setting.text("database.name").takenFrom(URL, PostgresUri::database).describedAs("Name of the database.");

    /** The database that is used when the first does not exist. */
    public static final Setting<String> FALLBACK_NAME = Setting.text("database.fallback-name")
            .orOff()
            .describedAs("Name of the database that is used while the first does not exist.");

    /** How connections are encrypted. */
    public static final Setting<SslMode> SSLMODE = Setting.oneOf("database.sslmode", SslMode.class)
            .takenFrom(URL, uri -> uri.parameter("sslmode").flatMap(SslMode::of))
            .defaultsTo("require, prefer on loopback", DatabaseSettings::defaultSslMode)
            .describedAs("Encryption of connections.");

    /** The authorities that may sign the server's certificate. */
    public static final Setting<Path> SSLROOTCERT = Setting.path("database.sslrootcert")
            .takenFrom(URL, uri -> uri.parameter("sslrootcert").map(Path::of))
            .accepting("a readable file of PEM certificates", Files::isReadable)
            .describedAs(
                    "File of the authorities (PEM) that may sign the server's certificate; without it those of the JDK.");

    /** How long a TCP connect may take. */
    public static final Setting<Duration> CONNECT_TIMEOUT = Setting.duration("database.connect-timeout")
            .takenFrom(URL, uri -> uri.parameter("connect_timeout", "connectTimeout")
                    .flatMap(DatabaseSettings::seconds))
            .between(Duration.ofMillis(100), Duration.ofMinutes(5))
            .defaultsTo(Duration.ofSeconds(10))
            .describedAs("Longest time for a TCP connect, and for an attempt of the start-up wait.");

    /** How long a read from the server may take. */
    public static final Setting<Duration> SOCKET_TIMEOUT = Setting.duration("database.socket-timeout")
            .takenFrom(URL, uri -> uri.parameter("socketTimeout").flatMap(DatabaseSettings::seconds))
            .between(Duration.ofSeconds(1), Duration.ofHours(1))
            .defaultsTo(Duration.ofSeconds(30))
            .describedAs("Longest wait for an answer of the server, log-in included.");

    /** How long a statement may run. */
    public static final Setting<Duration> STATEMENT_TIMEOUT = Setting.duration("database.statement-timeout")
            .between(Duration.ofMillis(100), Duration.ofHours(1))
            .defaultsTo(Duration.ofSeconds(10))
            .describedAs("Longest run of a statement, ended by the server; shorter than the socket timeout.");

    /** How long a caller waits for a connection. */
    public static final Setting<Duration> ACQUIRE_TIMEOUT = Setting.duration("database.acquire-timeout")
            .between(Duration.ofMillis(250), Duration.ofMinutes(5))
            .defaultsTo(Duration.ofSeconds(2))
            .describedAs("Longest wait for a connection from the pool.");

    /** Where the retry settings take their defaults from. */
    public static final Setting<RetryProfile> PROFILE = Setting.oneOf("profile", RetryProfile.class)
            .defaultsTo(RetryProfile.REGISTRY)
            .describedAs("System whose retry settings are in force where nothing else is set.");

    /** How many attempts to connect. */
    public static final Setting<Integer> MAX_RETRIES = Setting.integer("database.max-retries")
            .between(1, 1_000)
            .defaultsTo("3; flow 10, glucolens 5", byProfile(Backoff::attempts))
            .describedAs("Attempts to connect in all, where somebody waits for the database.");

    /** The first wait. */
    public static final Setting<Duration> RETRY_DELAY = Setting.duration("database.retry-delay")
            .between(Duration.ZERO, Duration.ofMinutes(10))
            .defaultsTo("1s; glucolens 2s", byProfile(Backoff::base))
            .describedAs("Wait before the second attempt.");

    /** How waits grow. */
    public static final Setting<Double> RETRY_FACTOR = Setting.decimal("database.retry-factor")
            .between(1.0, 100.0)
            .defaultsTo("2; flow 1.5", byProfile(Backoff::factor))
            .describedAs("Factor by which each wait is longer than the one before.");

    /** The longest wait. */
    public static final Setting<Duration> RETRY_MAX_DELAY = Setting.duration("database.retry-max-delay")
            .between(Duration.ZERO, Duration.ofHours(1))
            .defaultsTo("30s; glucolens 16s", byProfile(Backoff::cap))
            .describedAs("Longest wait between two attempts.");

    /** How waits are spread. */
    public static final Setting<Double> RETRY_JITTER = Setting.decimal("database.retry-jitter")
            .between(0.0, 1.0)
            .defaultsTo("0.2; glucolens 0", byProfile(Backoff::jitter))
            .describedAs("Share by which each wait is spread to both sides.");

    /** When trying ends. */
    public static final Setting<Duration> RETRY_DEADLINE = Setting.duration("database.retry-deadline")
            .between(Duration.ofMillis(100), Duration.ofDays(1))
            .defaultsTo("30s; flow 10m, glucolens 2m", byProfile(Backoff::deadline))
            .describedAs("Time after which no further attempt begins.");

    /** Idle connections that are kept. */
    public static final Setting<Integer> POOL_MIN = Setting.integer("database.pool-min")
            .between(0, 1_000)
            .defaultsTo("2, or the pool's size if that is less", settings -> Math.min(2, settings.get(poolMax())))
            .describedAs("Connections that the pool keeps ready; not above the pool's size.");

    /** Connections of the pool. */
    public static final Setting<Integer> POOL_MAX = Setting.integer("database.pool-max")
            .between(1, 1_000)
            .defaultsTo(20)
            .describedAs("Connections of the pool; tested up to 100.");

    /** When an idle connection is closed. */
    public static final Setting<Duration> POOL_IDLE_TIMEOUT = Setting.duration("database.pool-idle-timeout")
            .between(Duration.ofSeconds(10), Duration.ofDays(1))
            .defaultsTo(Duration.ofMinutes(10))
            .describedAs("Time after which an idle connection above the minimum is closed.");

    /** When a connection is replaced. */
    public static final Setting<Duration> POOL_MAX_LIFETIME = Setting.duration("database.pool-max-lifetime")
            .between(Duration.ofSeconds(30), Duration.ofDays(1))
            .defaultsTo(Duration.ofMinutes(30))
            .describedAs("Age at which a connection is replaced.");

    /** When a connection that is not given back is told. */
    public static final Setting<Duration> POOL_LEAK_DETECTION = Setting.duration("database.pool-leak-detection")
            .between(Duration.ofSeconds(2), Duration.ofMinutes(30))
            .orOff()
            .describedAs("Time after which a connection that was not given back is logged.");

    /** When TCP asks whether the other side is there. */
    public static final Setting<Duration> KEEPALIVE_IDLE = Setting.duration("database.keepalive-idle")
            .between(Duration.ofSeconds(1), Duration.ofHours(9))
            .defaultsTo(Duration.ofSeconds(600))
            .describedAs("Quiet time after which TCP asks whether the server is still there.");

    /** How often TCP asks. */
    public static final Setting<Duration> KEEPALIVE_INTERVAL = Setting.duration("database.keepalive-interval")
            .between(Duration.ofSeconds(1), Duration.ofHours(9))
            .defaultsTo(Duration.ofSeconds(30))
            .describedAs("Pause between two such questions.");

    /** How many questions may stay without an answer. */
    public static final Setting<Integer> KEEPALIVE_COUNT = Setting.integer("database.keepalive-count")
            .between(1, 100)
            .defaultsTo(3)
            .describedAs("Questions without an answer after which the connection is given up.");

    /** What the server calls this process. */
    public static final Setting<String> APPLICATION_NAME = Setting.text("database.application-name")
            .takenFrom(URL, uri -> uri.parameter("application_name", "ApplicationName"))
            .accepting("a text of at most 63 characters", name -> name.length() <= 63)
            .defaultsTo("mooring")
            .describedAs("Name under which the server shows our connections.");

    /** Whether the start waits. */
    public static final Setting<StartupMode> STARTUP_WAIT = Setting.oneOf("startup-wait", StartupMode.class)
            .defaultsTo(StartupMode.NONE)
            .describedAs(
                    "Whether the start waits for the database: not at all, then going on anyway, or ending when it does not"
                            + " come.");

    /** Everything about the database. */
    public static final SettingGroup DATABASE = SettingGroup.of(
                    "Database",
                    "How PostgreSQL is reached.",
                    HOST,
                    PORT,
                    USER,
                    PASSWORD,
                    NAME,
                    FALLBACK_NAME,
                    URL,
                    SSLMODE,
                    SSLROOTCERT,
                    CONNECT_TIMEOUT,
                    SOCKET_TIMEOUT,
                    STATEMENT_TIMEOUT,
                    ACQUIRE_TIMEOUT,
                    MAX_RETRIES,
                    RETRY_DELAY,
                    RETRY_FACTOR,
                    RETRY_MAX_DELAY,
                    RETRY_JITTER,
                    RETRY_DEADLINE,
                    POOL_MIN,
                    POOL_MAX,
                    POOL_IDLE_TIMEOUT,
                    POOL_MAX_LIFETIME,
                    POOL_LEAK_DETECTION,
                    KEEPALIVE_IDLE,
                    KEEPALIVE_INTERVAL,
                    KEEPALIVE_COUNT,
                    APPLICATION_NAME)
            .requiring(DatabaseSettings::requireOrder);

    /** How the service starts. */
    public static final SettingGroup START =
            SettingGroup.of("Start", "What happens while the database is not there yet.", STARTUP_WAIT, PROFILE);

    private DatabaseSettings() {}

    /** What must hold between the settings. */
    static void requireOrder(Settings settings) {
        settings.find(URL).ifPresent(uri -> {
            if (uri.parameter("sslmode")
                    .filter(code -> SslMode.of(code).isEmpty())
                    .isPresent()) {
                settings.reject(URL, "an sslmode that is " + SSLMODE.type().words());
            }
            uri.unknown()
                    .forEach(name -> settings.warn(URL + " has a parameter " + name + ", which does nothing here"));
        });
        if (settings.get(STATEMENT_TIMEOUT).compareTo(settings.get(SOCKET_TIMEOUT)) >= 0) {
            settings.reject(STATEMENT_TIMEOUT, "less than " + shown(settings, SOCKET_TIMEOUT));
        }
        if (settings.get(POOL_MIN) > settings.get(POOL_MAX)) {
            settings.reject(POOL_MIN, "at most " + shown(settings, POOL_MAX));
        }
        if (settings.get(RETRY_DELAY).compareTo(settings.get(RETRY_MAX_DELAY)) > 0) {
            settings.reject(RETRY_DELAY, "at most " + shown(settings, RETRY_MAX_DELAY));
        }
        boolean leakTooLate = settings.find(POOL_LEAK_DETECTION)
                .filter(leak -> leak.compareTo(settings.get(POOL_MAX_LIFETIME)) > 0)
                .isPresent();
        if (leakTooLate) {
            settings.reject(POOL_LEAK_DETECTION, "at most " + shown(settings, POOL_MAX_LIFETIME));
        }
    }

    private static String shown(Settings settings, Setting<?> setting) {
        return setting + ", which is " + settings.inForce(setting).shown().orElse("not set");
    }

    private static SslMode defaultSslMode(Settings settings) {
        boolean loopback = settings.find(HOST).map(Address::isLoopback).orElse(true);
        return loopback ? SslMode.PREFER : SslMode.REQUIRE;
    }

    private static <T> Function<Settings, T> byProfile(Function<Backoff, T> part) {
        return settings -> part.apply(settings.get(PROFILE).backoff());
    }

    /** For a default above the constant. */
    private static Setting<Integer> poolMax() {
        return POOL_MAX;
    }

    private static Optional<Duration> seconds(String text) {
        try {
            return Optional.of(Duration.ofSeconds(Integer.parseInt(text))).filter(d -> !d.isZero() && !d.isNegative());
        } catch (NumberFormatException notSeconds) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> boxed(OptionalInt value) {
        return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
    }
}
