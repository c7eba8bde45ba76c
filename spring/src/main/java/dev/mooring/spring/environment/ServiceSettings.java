package dev.mooring.spring.environment;

import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingGroup;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The definitions of what can be set of the service itself. */
public final class ServiceSettings {
    private static final Set<String> LEVELS = Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

    /** The port that requests come to. */
    public static final Setting<Integer> PORT = Setting.port("port")
            .between(0, 65535)
            .describedAs("Port that the service listens on; 0 picks a free one.")
            .defaultsTo(8080);

    /** The address that requests come to. */
    public static final Setting<String> BIND_ADDRESS = Setting.text("bind-address")
            .describedAs("Address that the service listens on.")
            .defaultsTo("0.0.0.0");

    /** The service's name. */
    public static final Setting<String> NAME = Setting.text("service.name")
            .describedAs("Name of the service in health bodies, logs and metrics.")
            .accepting("a text of at most 63 characters", name -> name.length() <= 63)
            .defaultsTo("application");

    /** The service's version. */
    public static final Setting<String> VERSION =
            Setting.text("service.version").describedAs("Version of the service; without it that of the build.");

    /** What the service can do. */
    public static final Setting<List<String>> FEATURES = Setting.list("service.features")
            .describedAs("Features of the service that health bodies name.")
            .defaultsTo(List.of());

    /** How long a request may take. */
    public static final Setting<Duration> REQUEST_TIMEOUT = Setting.duration("request-timeout")
            .describedAs("Longest time for a request; what waits for a dependency on the way has what is left of it.")
            .between(Duration.ofMillis(100), Duration.ofMinutes(10))
            .defaultsTo(Duration.ofSeconds(5));

    /** How large a request may be. */
    public static final Setting<ByteSize> MAX_REQUEST_SIZE = Setting.of("max-request-size", ByteSize.TYPE)
            .describedAs("Largest body of a request.")
            .between(new ByteSize(1024), new ByteSize(1L << 30))
            .defaultsTo(new ByteSize(1 << 20));

    /** Which web pages may call. */
    public static final Setting<List<String>> CORS_ALLOWED_ORIGINS = Setting.list("cors-allowed-origins")
            .describedAs(
                    "Origins of web pages that may call the service from a browser, such as https://app.example.org.")
            .defaultsTo(List.of());

    /** How long requests still come after the end was announced. */
    public static final Setting<Duration> SHUTDOWN_DRAIN_DELAY = Setting.duration("shutdown-drain-delay")
            .describedAs("Time between not being ready and taking no more requests, for load balancers to notice.")
            .between(Duration.ZERO, Duration.ofMinutes(10))
            .defaultsTo("5s, 0s on a terminal", settings -> Duration.ofSeconds(Terminal.isThere() ? 0 : 5));

    /** How long requests in flight may take to finish. */
    public static final Setting<Duration> SHUTDOWN_TIMEOUT = Setting.duration("shutdown-timeout")
            .describedAs("Longest time for requests in flight to finish at the end.")
            .between(Duration.ZERO, Duration.ofMinutes(10))
            .defaultsTo(Duration.ofSeconds(20));

    /** The form of log lines. */
    public static final Setting<LogFormat> LOG_FORMAT = Setting.oneOf("log-format", LogFormat.class)
            .describedAs("Form of log lines: JSON for machines, or for people at a terminal.")
            .defaultsTo(
                    "json, console on a terminal", settings -> Terminal.isThere() ? LogFormat.CONSOLE : LogFormat.JSON);

    /** How much is logged. */
    public static final Setting<String> LOG_LEVEL = Setting.text("log-level")
            .describedAs("Least level that is logged.")
            .accepting(
                    "one of trace, debug, info, warn, error, off",
                    level -> LEVELS.contains(level.toUpperCase(Locale.ROOT)))
            .defaultsTo("info");

    /** Whether errors are answered by us. */
    public static final Setting<Boolean> PROBLEMS = Setting.flag("problem.enabled")
            .describedAs("Whether errors are answered as application/problem+json.")
            .defaultsTo(true);

    /** Whether requests pass our filters. */
    public static final Setting<Boolean> REQUESTS = Setting.flag("request.enabled")
            .describedAs("Whether requests are bounded in number, time and size.")
            .defaultsTo(true);

    /** Whether the health paths are answered. */
    public static final Setting<Boolean> HEALTH = Setting.flag("health.enabled")
            .describedAs("Whether the health paths are answered.")
            .defaultsTo(true);

    /** Whether the end is announced and requests are drained. */
    public static final Setting<Boolean> SHUTDOWN = Setting.flag("shutdown.enabled")
            .describedAs("Whether the end is announced before it comes.")
            .defaultsTo(true);

    /** Whether annotated methods are guarded. */
    public static final Setting<Boolean> GUARDED = Setting.flag("guarded.enabled")
            .describedAs("Whether methods with the annotation Guarded are guarded.")
            .defaultsTo(true);

    /** Whether dependencies are metered. */
    public static final Setting<Boolean> METRICS = Setting.flag("metrics.enabled")
            .describedAs("Whether dependencies have meters in the meter registry of the application.")
            .defaultsTo(true);

    /** Everything about the service. */
    public static final SettingGroup SERVICE = SettingGroup.of(
            "Service",
            "How the service itself is reached, named, bounded and stopped.",
            PORT,
            BIND_ADDRESS,
            NAME,
            VERSION,
            FEATURES,
            REQUEST_TIMEOUT,
            MAX_REQUEST_SIZE,
            CORS_ALLOWED_ORIGINS,
            SHUTDOWN_DRAIN_DELAY,
            SHUTDOWN_TIMEOUT,
            LOG_FORMAT,
            LOG_LEVEL);

    /** What of the starter an application uses; a service of ours uses all of it and does not list them. */
    public static final SettingGroup SWITCHES = SettingGroup.of(
            "Starter", "What of the starter is in use.", PROBLEMS, REQUESTS, HEALTH, SHUTDOWN, GUARDED, METRICS);

    private ServiceSettings() {}
}
