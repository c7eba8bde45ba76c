package dev.mooring.postgres.settings;

import dev.mooring.retry.Backoff;
import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import java.time.Duration;
import java.util.function.Function;

/** The definitions of the backoff with which a start waits for the database. */
final class RetrySettings {
    final Setting<Integer> attempts;
    final Setting<Duration> delay;
    final Setting<Double> factor;
    final Setting<Duration> maxDelay;
    final Setting<Double> jitter;
    final Setting<Duration> deadline;

    RetrySettings(String prefix) {
        attempts = Setting.integer(prefix + ".max-retries")
                .between(1, 1_000)
                .defaultsTo("3; flow 10, glucolens 5", byProfile(Backoff::attempts))
                .describedAs("Attempts to connect in all, for a start that waits for the database.");
        factor = Setting.decimal(prefix + ".retry-factor")
                .between(1.0, 100.0)
                .defaultsTo("2; flow 1.5", byProfile(Backoff::factor))
                .describedAs("Factor by which each wait is longer than the one before.");
        maxDelay = Setting.duration(prefix + ".retry-max-delay")
                .between(Duration.ZERO, Duration.ofHours(1))
                .defaultsTo("30s; glucolens 16s", byProfile(Backoff::cap))
                .describedAs("Longest wait between two attempts.");
        delay = Setting.duration(prefix + ".retry-delay")
                .between(Duration.ZERO, Duration.ofMinutes(10))
                .defaultsTo(
                        "1s; glucolens 2s; or the longest wait if that is less",
                        settings -> shorter(byProfile(Backoff::base).apply(settings), settings.get(maxDelay)))
                .describedAs("Wait before the second attempt.");
        jitter = Setting.decimal(prefix + ".retry-jitter")
                .between(0.0, 1.0)
                .defaultsTo("0.2; glucolens 0", byProfile(Backoff::jitter))
                .describedAs("Share of a wait by which jitter makes it longer or shorter.");
        deadline = Setting.duration(prefix + ".retry-deadline")
                .between(Duration.ofMillis(100), Duration.ofDays(1))
                .defaultsTo("30s; flow 10m, glucolens 2m", byProfile(Backoff::deadline))
                .describedAs("Time after which no further attempt begins.");
    }

    Backoff read(Settings settings) {
        return Backoff.exponential(settings.get(delay))
                .factor(settings.get(factor))
                .cap(settings.get(maxDelay))
                .jitter(settings.get(jitter))
                .attempts(settings.get(attempts))
                .deadline(settings.get(deadline));
    }

    void checkOrder(Settings settings) {
        if (settings.get(delay).compareTo(settings.get(maxDelay)) > 0) {
            settings.reject(delay, "at most " + settings.shown(maxDelay));
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static <T> Function<Settings, T> byProfile(Function<Backoff, T> part) {
        return settings -> part.apply(settings.get(StartSettings.PROFILE).backoff());
    }
}
