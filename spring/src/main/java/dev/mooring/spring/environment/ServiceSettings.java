package dev.mooring.spring.environment;

import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingGroup;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Defines the settings of the service itself. */
public final class ServiceSettings {
    /** The number of characters of the longest {@link #NAME}. */
    static final int LONGEST_NAME = 63;

    private static final Pattern ORIGIN = Pattern.compile("\\*|[A-Za-z][A-Za-z0-9+.-]*://[^\\s/?#@*,]+/?");
    private static final Set<String> LEVELS = Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

    /** The port that the service listens on. */
    public static final Setting<Integer> PORT = Setting.port("port")
            .between(0, 65535)
            .describedAs("Port that the service listens on; 0 picks a free one.")
            .defaultsTo(8080);

    /** The port for what is about the service itself. */
    public static final Setting<Integer> MANAGEMENT_PORT = Setting.port("management-port")
            .describedAs(
                    "Port of its own for health, metrics and operations, with threads and connections of its own. The port of"
                            + " the service then answers none of these.")
            .orOff();

    /** The address that the service listens on. */
    public static final Setting<String> BIND_ADDRESS = Setting.text("bind-address")
            .describedAs("Address that the service listens on.")
            .defaultsTo("0.0.0.0");

    /** The service's name. */
    public static final Setting<String> NAME = Setting.text("service.name")
            .describedAs("Name of the service in health bodies, logs and metrics.")
            .accepting("a text of at most 63 characters", name -> name.codePointCount(0, name.length()) <= LONGEST_NAME)
            .defaultsTo("application");

    /** The service's version. */
    public static final Setting<String> VERSION =
            Setting.text("service.version").describedAs("Version of the service; without it that of the build.");

    /** The features that health bodies name. */
    public static final Setting<List<String>> FEATURES = Setting.list("service.features")
            .describedAs("Features of the service that health bodies name.")
            .defaultsTo(List.of());

    /** How long a request may take. */
    public static final Setting<Duration> REQUEST_TIMEOUT = Setting.duration("request-timeout")
            .describedAs("Longest time for a request; a call to a dependency within it gets what is left.")
            .between(Duration.ofMillis(100), Duration.ofMinutes(10))
            .defaultsTo(Duration.ofSeconds(5));

    /** How large a request may be. */
    public static final Setting<ByteSize> MAX_REQUEST_SIZE = Setting.of("max-request-size", ByteSize.TYPE)
            .describedAs("Largest body of a request.")
            .between(new ByteSize(1024), new ByteSize(1L << 30))
            .defaultsTo(new ByteSize(1 << 20));

    /** How many connections one client address may have. */
    public static final Setting<Integer> MAX_CONNECTIONS_PER_CLIENT = Setting.integer("max-connections-per-client")
            .describedAs("Most connections that one client address may have at a time; for IPv6 its network of 64 bits."
                    + " Leave it off behind a proxy, because all connections come from the proxy's address.")
            .between(1, 1_000_000)
            .orOff();

    /** The origins of web pages that may call the service. */
    public static final Setting<List<String>> CORS_ALLOWED_ORIGINS = Setting.list("cors-allowed-origins")
            .accepting(
                    "a list of origins such as https://app.example.org, without a path, or * for all",
                    origins -> origins.stream().allMatch(ORIGIN.asMatchPredicate()))
            .describedAs(
                    "Origins of web pages that may call the service from a browser, such as https://app.example.org.")
            .defaultsTo(List.of());

    /** Whether health shows its details to all. */
    public static final Setting<Boolean> HEALTH_DETAILS_PUBLIC = Setting.flag("health-details-public")
            .describedAs(
                    "Whether health shows addresses, names and the words of servers to every reader, and detailed health needs no key.")
            .defaultsTo(false);

    /** How long the service still serves new requests after it turned not ready. */
    public static final Setting<Duration> SHUTDOWN_DRAIN_DELAY = Setting.duration("shutdown-drain-delay")
            .describedAs(
                    "Time for load balancers to notice that the service is not ready, before it takes no more requests.")
            .between(Duration.ZERO, Duration.ofMinutes(10))
            .defaultsTo("5s, 0s on a terminal", settings -> Duration.ofSeconds(Terminal.isThere() ? 0 : 5));

    /** How long requests in flight may take to finish. */
    public static final Setting<Duration> SHUTDOWN_TIMEOUT = Setting.duration("shutdown-timeout")
            .describedAs("Longest time for requests in flight to finish when the service stops.")
            .between(Duration.ZERO, Duration.ofMinutes(10))
            .defaultsTo(Duration.ofSeconds(20));

    /** The form of log lines. */
    public static final Setting<LogFormat> LOG_FORMAT = Setting.oneOf("log-format", LogFormat.class)
            .describedAs("Form of log lines: JSON for machines, or for people at a terminal.")
            .defaultsTo(
                    "json, console on a terminal", settings -> Terminal.isThere() ? LogFormat.CONSOLE : LogFormat.JSON);

    /** The lowest level that the service logs. */
    public static final Setting<String> LOG_LEVEL = Setting.text("log-level")
            .describedAs("Lowest level that the service logs.")
            .accepting(
                    "one of trace, debug, info, warn, error, off",
                    level -> LEVELS.contains(level.toUpperCase(Locale.ROOT)))
            .defaultsTo("info");

    /** Which requests have a line in the log. */
    public static final Setting<LoggedRequests> LOG_REQUESTS = Setting.oneOf("log-requests", LoggedRequests.class)
            .describedAs(
                    "Which requests have a line in the log, apart from those of health: those that failed by a fault of the"
                            + " service or of a dependency or took longer than 1 s (problems), all, or none.")
            .defaultsTo(LoggedRequests.PROBLEMS);

    /** Whether the starter answers its own errors as problems. */
    public static final Setting<Boolean> PROBLEMS = Setting.flag("problem.enabled")
            .describedAs(
                    "Whether the starter answers as application/problem+json where a dependency failed or refused a call.")
            .defaultsTo(false);

    /** Whether the starter answers all errors as problems. */
    public static final Setting<Boolean> ALL_PROBLEMS = Setting.flag("problem.all")
            .describedAs("Whether all other errors are application/problem+json too; needs mooring.problem.enabled.")
            .defaultsTo(false);

    /** Whether the starter limits requests. */
    public static final Setting<Boolean> REQUESTS = Setting.flag("request.enabled")
            .describedAs("Whether the starter limits requests in number, time and size.")
            .defaultsTo(false);

    /** Whether requests have an id. */
    public static final Setting<Boolean> CORRELATION = Setting.flag("correlation.enabled")
            .describedAs("Whether each request has an id that its answer and its log lines carry.")
            .defaultsTo(false);

    /** Whether answers carry headers for browsers. */
    public static final Setting<Boolean> HEADERS = Setting.flag("headers.enabled")
            .describedAs("Whether every answer tells browsers not to guess its type.")
            .defaultsTo(false);

    /** Whether the starter sets the form of the log. */
    public static final Setting<Boolean> LOGGING = Setting.flag("logging.enabled")
            .describedAs(
                    "Whether log lines are JSON objects unless the process runs on a terminal, foreign text cannot forge one,"
                            + " clients cannot flood the log, requests have a line as LOG_REQUESTS says, and HikariCP logs"
                            + " less.")
            .defaultsTo(false);

    /** Whether the starter answers the health paths. */
    public static final Setting<Boolean> HEALTH = Setting.flag("health.enabled")
            .describedAs("Whether the starter answers the health paths.")
            .defaultsTo(true);

    /** Whether the service turns not ready and drains requests before it stops. */
    public static final Setting<Boolean> SHUTDOWN = Setting.flag("shutdown.enabled")
            .describedAs("Whether the service turns not ready and drains requests before it stops.")
            .defaultsTo(true);

    /** Whether the service also drains requests when its context closes without an end of the JVM. */
    public static final Setting<Boolean> DRAIN_ON_CLOSE = Setting.flag("shutdown.on-close")
            .describedAs(
                    "Whether the service drains requests also when the application closes its context itself, and not"
                            + " only when the JVM ends.")
            .defaultsTo(false);

    /** Whether the starter guards annotated methods. */
    public static final Setting<Boolean> GUARDED = Setting.flag("guarded.enabled")
            .describedAs("Whether a call of a method with the annotation Guarded is a call to its dependency.")
            .defaultsTo(true);

    /** Whether the starter registers meters of dependencies. */
    public static final Setting<Boolean> METRICS = Setting.flag("metrics.enabled")
            .describedAs("Whether dependencies have meters in the meter registry of the application.")
            .defaultsTo(true);

    /** Whether the application has an outbox. */
    public static final Setting<Boolean> OUTBOX = Setting.flag("outbox.enabled")
            .describedAs("Whether the application has an outbox in its database.")
            .defaultsTo("true with a bean of type Delivery", settings -> false);

    /** Whether the starter makes the tables of the outbox. */
    public static final Setting<Boolean> OUTBOX_MIGRATE = Setting.flag("outbox.migrate")
            .describedAs("Whether the starter makes the tables of the outbox, in the schema mooring.")
            .defaultsTo(true);

    /** The settings that every service has. */
    public static final SettingGroup SERVICE = SettingGroup.of(
            "Service",
            "Address, name, limits and shutdown of the service itself.",
            PORT,
            MANAGEMENT_PORT,
            BIND_ADDRESS,
            NAME,
            VERSION,
            FEATURES,
            REQUEST_TIMEOUT,
            MAX_REQUEST_SIZE,
            MAX_CONNECTIONS_PER_CLIENT,
            CORS_ALLOWED_ORIGINS,
            HEALTH_DETAILS_PUBLIC,
            SHUTDOWN_DRAIN_DELAY,
            SHUTDOWN_TIMEOUT,
            LOG_FORMAT,
            LOG_LEVEL,
            LOG_REQUESTS);

    /** Switches for the parts of the starter. Our own services use all parts and leave the switches out of their catalog. */
    public static final SettingGroup SWITCHES = SettingGroup.of(
            "Starter",
            "Which parts of the starter are on.",
            PROBLEMS,
            ALL_PROBLEMS,
            REQUESTS,
            CORRELATION,
            HEADERS,
            LOGGING,
            HEALTH,
            SHUTDOWN,
            DRAIN_ON_CLOSE,
            GUARDED,
            METRICS,
            OUTBOX,
            OUTBOX_MIGRATE);

    private ServiceSettings() {}
}
