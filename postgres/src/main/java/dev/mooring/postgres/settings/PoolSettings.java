package dev.mooring.postgres.settings;

import dev.mooring.settings.GivenValues;
import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import java.time.Duration;

/** The definitions of a {@link PoolSize}. */
final class PoolSettings {
    final Setting<Integer> min;
    final Setting<Integer> max;
    final Setting<Duration> idleTimeout;
    final Setting<Duration> maxLifetime;
    final Setting<Duration> leakDetection;

    PoolSettings(String prefix) {
        max = Setting.integer(prefix + ".pool-max")
                .between(1, 1_000)
                .defaultsTo(20)
                .describedAs("Most connections of the pool; tested up to 100.");
        min = Setting.integer(prefix + ".pool-min")
                .between(0, 1_000)
                .defaultsTo("2, or the pool's size if that is less", settings -> Math.min(2, settings.get(max)))
                .describedAs("Connections that the pool keeps ready; not above the pool's size.");
        idleTimeout = Setting.duration(prefix + ".pool-idle-timeout")
                .between(Duration.ofSeconds(10), Duration.ofDays(1))
                .defaultsTo(Duration.ofMinutes(10))
                .describedAs("Time after which the pool closes an idle connection above the minimum.");
        maxLifetime = Setting.duration(prefix + ".pool-max-lifetime")
                .between(Duration.ofSeconds(30), Duration.ofDays(1))
                .defaultsTo(Duration.ofMinutes(30))
                .describedAs("Age at which the pool replaces a connection.");
        leakDetection = Setting.duration(prefix + ".pool-leak-detection")
                .between(Duration.ofSeconds(2), Duration.ofMinutes(30))
                .orOff()
                .describedAs("Time after which the pool logs a connection that its caller has not given back.");
    }

    PoolSize read(Settings settings) {
        return new PoolSize(
                settings.get(min),
                settings.get(max),
                settings.get(idleTimeout),
                settings.get(maxLifetime),
                settings.find(leakDetection));
    }

    void give(PoolSize pool, GivenValues values) {
        values.with(min, pool.min())
                .with(max, pool.max())
                .with(idleTimeout, pool.idleTimeout())
                .with(maxLifetime, pool.maxLifetime())
                .with(leakDetection, pool.leakDetection());
    }

    void checkOrder(Settings settings) {
        if (settings.get(min) > settings.get(max)) {
            settings.reject(min, "at most " + settings.shown(max));
        }
        boolean leakTooLate = settings.find(leakDetection)
                .filter(leak -> leak.compareTo(settings.get(maxLifetime)) > 0)
                .isPresent();
        if (leakTooLate) {
            settings.reject(leakDetection, "at most " + settings.shown(maxLifetime));
        }
    }
}
