package dev.mooring.http.settings;

import dev.mooring.breaker.BreakerSettings;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.retry.Backoff;
import dev.mooring.settings.DependencySettings;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingGroup;
import dev.mooring.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The definitions of the settings of one HTTP backend. They share a prefix: {@code ranking} has {@code RANKING_URL}, {@code
 * RANKING_TIMEOUT} and so on. {@link HttpSettings} holds their values. Immutable.
 */
public final class HttpBackendSettings {
    /** The authorities that may sign the certificates of all HTTPS backends of this process. */
    public static final Setting<Path> AUTHORITIES = Setting.path("tls-ca-file")
            .accepting("a readable file of PEM certificates", PemFile::holdsCertificate)
            .describedAs("File of the authorities (PEM) that may sign the certificates of HTTPS backends; without it"
                    + " those of the JDK.");

    private final BackendNames names;
    private final Setting<Boolean> enabled;
    private final Setting<URI> address;
    private final Optional<LoginSettings> login;
    private final Setting<Duration> connect;
    private final Setting<Duration> timeout;
    private final Setting<Integer> attempts;
    private final Setting<Duration> delay;
    private final Setting<Integer> connections;

    private HttpBackendSettings(BackendNames names) {
        this.names = names;
        String prefix = names.prefix();
        address = Setting.of(names.address(), BackendAddress.TYPE).describedAs("Address of the backend.");
        enabled = Setting.flag(prefix + ".enabled")
                .defaultsTo("true when an address is set", settings -> settings.isSet(address))
                .describedAs("Whether the process uses the backend.");
        login = names.login().map(LoginSettings::new);
        connect = Setting.duration(prefix + ".connect-timeout")
                .between(Duration.ofMillis(100), Duration.ofMinutes(5))
                .defaultsTo(new HttpLimits().connect())
                .describedAs("Longest time for a TCP connect.");
        timeout = Setting.duration(prefix + ".timeout")
                .between(Duration.ofMillis(100), Duration.ofHours(1))
                .defaultsTo(names.timeout())
                .describedAs("Longest wait for an answer; of a streamed body, longest time without a byte.");
        attempts = Setting.integer(prefix + ".max-retries")
                .between(1, 1_000)
                .defaultsTo(3)
                .describedAs("Attempts in all of a call that may be repeated.");
        delay = Setting.duration(prefix + ".retry-delay")
                .between(Duration.ZERO, Duration.ofSeconds(30))
                .defaultsTo(Duration.ofSeconds(1))
                .describedAs("Wait before the second attempt; each further wait is twice as long, at most 30 s.");
        connections = Setting.integer(prefix + ".max-connections")
                .between(1, 10_000)
                .defaultsTo(HttpSettings.CONNECTIONS)
                .describedAs("Most calls at the same time, each on one connection; probes have up to three more.");
    }

    /**
     * The settings of the dependency with this name: {@code RANKING_URL}, {@code RANKING_TOKEN}, {@code RANKING_TIMEOUT} … of {@code
     * ranking}.
     */
    public static HttpBackendSettings of(String name) {
        return new HttpBackendSettings(
                new BackendNames(name, name, name + ".url", Optional.of(name + "."), new HttpLimits().response()));
    }

    /** The same, but the names of the settings, of address and log-in too, begin with this prefix and not with the dependency's name. */
    public HttpBackendSettings prefix(String prefix) {
        return new HttpBackendSettings(
                new BackendNames(names.name(), prefix, prefix + ".url", Optional.of(prefix + "."), names.timeout()));
    }

    /** The same, but the property of the address is {@code property}; with {@code mlflow.tracking-uri} it is {@code MLFLOW_TRACKING_URI}. */
    public HttpBackendSettings addressCalled(String property) {
        return new HttpBackendSettings(
                new BackendNames(names.name(), names.prefix(), property, names.login(), names.timeout()));
    }

    /** The same, but token, username and password are {@code <prefix>-token} and so on. */
    public HttpBackendSettings loginCalled(String prefix) {
        return new HttpBackendSettings(new BackendNames(
                names.name(), names.prefix(), names.address(), Optional.of(prefix + "-"), names.timeout()));
    }

    /** The same without token, username and password: the calls carry what identifies them. */
    public HttpBackendSettings withoutLogin() {
        return new HttpBackendSettings(
                new BackendNames(names.name(), names.prefix(), names.address(), Optional.empty(), names.timeout()));
    }

    /** The same with another default of the longest wait for an answer. */
    public HttpBackendSettings timeout(Duration standard) {
        return new HttpBackendSettings(
                new BackendNames(names.name(), names.prefix(), names.address(), names.login(), standard));
    }

    /** All of them as a group of the catalog. Add {@link #AUTHORITIES} once for the process, and the families of every dependency. */
    public SettingGroup group(String title, String description) {
        List<Setting<?>> all = new ArrayList<>(List.of(enabled, address));
        login.ifPresent(settings -> all.addAll(settings.all()));
        all.addAll(List.of(connect, timeout, attempts, delay, connections));
        return SettingGroup.of(title, description, all.toArray(Setting<?>[]::new))
                .requiring(this::check);
    }

    private void check(Settings settings) {
        if (settings.get(enabled) && settings.find(address).isEmpty()) {
            settings.reject(enabled, "false, because " + address + " is not set");
        }
        login.ifPresent(own -> own.check(settings));
    }

    /** The backend's address. */
    public Setting<URI> address() {
        return address;
    }

    /** Whether the process uses the backend. */
    public Setting<Boolean> enabled() {
        return enabled;
    }

    /** The longest wait for an answer. */
    public Setting<Duration> timeout() {
        return timeout;
    }

    /**
     * Reads their values, and those of breaker and probes of the same dependency; empty where no address is set. {@code settings} collects
     * the mistakes.
     */
    public Optional<HttpSettings> read(Settings settings) {
        return settings.find(address).map(where -> read(settings, where));
    }

    private HttpSettings read(Settings settings, URI where) {
        Duration wait = settings.get(timeout);
        return new HttpSettings(
                names.name(),
                settings.get(enabled),
                where,
                login.flatMap(own -> own.read(settings)),
                settings.find(AUTHORITIES),
                new HttpLimits(settings.get(connect), wait, wait),
                settings.get(connections),
                Backoff.exponential(settings.get(delay)).attempts(settings.get(attempts)),
                DependencySettings.timing(settings, names.name(), new ProbeTiming()),
                DependencySettings.breaker(settings, names.name(), new BreakerSettings()));
    }
}
