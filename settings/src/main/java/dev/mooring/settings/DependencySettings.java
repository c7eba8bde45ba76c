package dev.mooring.settings;

import dev.mooring.DependencyBuilder;
import dev.mooring.breaker.BreakerSettings;
import dev.mooring.probe.ProbeTiming;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * The settings that every kind of dependency has: {@code <NAME>_CB_*} and {@code <NAME>_HEALTH_CHECK_TIMEOUT}. The defaults are those of
 * {@link ProbeTiming} and {@link BreakerSettings}.
 *
 * <pre>{@code
 * Dependency ranking = Dependency.named("ranking").with(DependencySettings.from(settings)).build();
 * }</pre>
 */
public final class DependencySettings {
    private static final ProbeTiming TIMING = new ProbeTiming();
    private static final BreakerSettings BREAKER = new BreakerSettings();

    /** Silence after which a dependency is down. */
    public static final Setting<Duration> CHECK_TIMEOUT = timeout()
            .describedAs("Silence after which a dependency is down, counted from its last answer.")
            .defaultsTo(TIMING.timeout());

    /** Silence after which one dependency is down; default {@link #CHECK_TIMEOUT}. */
    public static final SettingFamily<Duration> OWN_CHECK_TIMEOUT = SettingFamily.of(timeout()
            .describedAs("Silence after which this dependency is down.")
            .defaultsTo(CHECK_TIMEOUT));

    /** Pause between probes. */
    public static final Setting<Duration> CHECK_INTERVAL = Setting.duration("health-check-interval")
            .describedAs("Pause between probes in normal operation; at most half the timeout.")
            .between(Duration.ofMillis(100), Duration.ofMinutes(1))
            .defaultsTo("2s, or half the timeout if that is less", settings -> interval(settings.get(CHECK_TIMEOUT)));

    /** How far the history of health reaches back. */
    public static final Setting<Duration> HISTORY = Setting.duration("health-history")
            .describedAs("Time that the history of health reaches back.")
            .between(Duration.ofMinutes(1), Duration.ofDays(90))
            .defaultsTo(Duration.ofHours(24));

    /** Failures in a row that open a breaker. A durable queue stands behind Redis, so its breaker opens sooner. */
    public static final SettingFamily<Integer> FAILURE_THRESHOLD = SettingFamily.of(
                    Setting.integer("cb.failure-threshold")
                            .describedAs("Failures in a row that open the circuit breaker.")
                            .between(1, 10_000)
                            .defaultsTo(BREAKER.failures()))
            .exceptFor("redis", 3);

    /** Longest pause of a breaker without a probe. */
    public static final SettingFamily<Duration> RECOVERY_TIMEOUT =
            SettingFamily.of(Setting.duration("cb.recovery-timeout")
                    .describedAs("Longest pause before the next trial call to a dependency that has no probe.")
                    .between(Duration.ofMillis(100), Duration.ofHours(1))
                    .defaultsTo(BREAKER.recoveryTimeout()));

    /** Successes that close a breaker. */
    public static final SettingFamily<Integer> SUCCESS_THRESHOLD =
            SettingFamily.of(Setting.integer("cb.success-threshold")
                    .describedAs("Successes that close the circuit breaker; each failed recovery adds two.")
                    .between(1, 1_000)
                    .defaultsTo(BREAKER.successes()));

    /** Failed recoveries before the pauses grow. */
    public static final SettingFamily<Integer> MAX_RECOVERY_ATTEMPTS =
            SettingFamily.of(Setting.integer("cb.max-recovery-attempts")
                    .describedAs("Failed recoveries after which the pauses between them grow.")
                    .between(1, 1_000)
                    .defaultsTo(BREAKER.maxRecoveryAttempts()));

    /** Share of failed calls that opens a breaker. */
    public static final SettingFamily<Double> FAILURE_RATE = SettingFamily.of(Setting.decimal("cb.failure-rate")
            .describedAs("Share of failed calls in the window that also opens the circuit breaker.")
            .between(0.01, 1.0)
            .orOff());

    /** Calls in the window of that share. */
    public static final SettingFamily<Integer> WINDOW = SettingFamily.of(Setting.integer("cb.window")
            .describedAs("Number of calls in the window of the failure rate; the rate counts once the window is full.")
            .between(2, 10_000)
            .defaultsTo(100));

    /** When the supervisor probes a dependency and reports it down. */
    public static final SettingGroup HEALTH = SettingGroup.of(
                    "Health",
                    "When the supervisor probes a dependency, when it reports the dependency down, and how far the history of health"
                            + " reaches back. `<NAME>` is the dependency's, as in `DATABASE_HEALTH_CHECK_TIMEOUT`.",
                    CHECK_TIMEOUT,
                    CHECK_INTERVAL,
                    HISTORY)
            .withFamilies(OWN_CHECK_TIMEOUT)
            .requiring(settings -> interval(settings, CHECK_TIMEOUT));

    /** When the circuit breaker refuses calls to a dependency. */
    public static final SettingGroup BREAKERS = SettingGroup.of(
                    "Circuit breakers",
                    "When the circuit breaker refuses calls to a dependency and admits them again. `<NAME>` is the dependency's, as in"
                            + " `DATABASE_CB_FAILURE_THRESHOLD`.")
            .withFamilies(
                    FAILURE_THRESHOLD,
                    RECOVERY_TIMEOUT,
                    SUCCESS_THRESHOLD,
                    MAX_RECOVERY_ATTEMPTS,
                    FAILURE_RATE,
                    WINDOW);

    private DependencySettings() {}

    /**
     * A change for {@link DependencyBuilder#with}: it applies the settings of the dependency's name. A setting without a value leaves the
     * builder as it is. {@code settings} collects the mistakes.
     */
    public static UnaryOperator<DependencyBuilder> from(Settings settings) {
        return dependency -> dependency
                .breaker(standard -> breaker(settings, dependency.name(), standard))
                .timing(standard -> timing(settings, dependency.name(), standard));
    }

    /** {@code standard} with the values that are set for this dependency. */
    public static BreakerSettings breaker(Settings settings, String name, BreakerSettings standard) {
        BreakerSettings breaker = standard;
        if (settings.isSet(FAILURE_THRESHOLD.of(name))) {
            breaker = breaker.failures(settings.get(FAILURE_THRESHOLD.of(name)));
        }
        if (settings.isSet(RECOVERY_TIMEOUT.of(name))) {
            breaker = breaker.recoveryTimeout(settings.get(RECOVERY_TIMEOUT.of(name)));
        }
        if (settings.isSet(SUCCESS_THRESHOLD.of(name))) {
            breaker = breaker.successes(settings.get(SUCCESS_THRESHOLD.of(name)));
        }
        if (settings.isSet(MAX_RECOVERY_ATTEMPTS.of(name))) {
            breaker = breaker.maxRecoveryAttempts(settings.get(MAX_RECOVERY_ATTEMPTS.of(name)));
        }
        BreakerSettings withoutRate = breaker;
        int window = settings.get(WINDOW.of(name));
        return settings.find(FAILURE_RATE.of(name))
                .map(share -> withoutRate.failureRate(share, window))
                .orElse(withoutRate);
    }

    /** {@code standard} with the values that are set for this dependency, or for all dependencies. */
    public static ProbeTiming timing(Settings settings, String name, ProbeTiming standard) {
        Setting<Duration> own = OWN_CHECK_TIMEOUT.of(name);
        Duration timeout = settings.isSet(own) ? settings.get(own) : standard.timeout();
        if (settings.isSet(CHECK_INTERVAL)) {
            return new ProbeTiming(interval(settings, own), timeout);
        }
        return new ProbeTiming(shorter(standard.interval(), timeout.dividedBy(2)), timeout);
    }

    /** The interval that is set, cut to half the timeout; a longer one is recorded as a problem. */
    private static Duration interval(Settings settings, Setting<Duration> timeout) {
        Duration interval = settings.get(CHECK_INTERVAL);
        Duration most = settings.get(timeout).dividedBy(2);
        if (interval.compareTo(most) > 0) {
            settings.reject(CHECK_INTERVAL, "at most half of " + settings.shown(timeout));
        }
        return shorter(interval, most);
    }

    private static Duration interval(Duration timeout) {
        return shorter(TIMING.interval(), timeout.dividedBy(2));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Setting<Duration> timeout() {
        return Setting.duration("health-check-timeout").between(Duration.ofMillis(200), Duration.ofMinutes(10));
    }
}
