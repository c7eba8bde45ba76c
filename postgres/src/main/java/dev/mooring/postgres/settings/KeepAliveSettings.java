package dev.mooring.postgres.settings;

import dev.mooring.settings.GivenValues;
import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import java.time.Duration;

/** The definitions of {@link KeepAlive}. */
final class KeepAliveSettings {
    final Setting<Duration> idle;
    final Setting<Duration> interval;
    final Setting<Integer> count;

    KeepAliveSettings(String prefix, Setting<PostgresUri> url) {
        idle = Setting.duration(prefix + ".keepalive-idle")
                .takenFrom(url, uri -> uri.seconds("keepalives_idle"))
                .between(Duration.ofSeconds(1), Duration.ofHours(9))
                .defaultsTo(Duration.ofSeconds(600))
                .describedAs("Quiet time after which TCP asks whether the other end is still there, on both ends.");
        interval = Setting.duration(prefix + ".keepalive-interval")
                .takenFrom(url, uri -> uri.seconds("keepalives_interval"))
                .between(Duration.ofSeconds(1), Duration.ofHours(9))
                .defaultsTo(Duration.ofSeconds(30))
                .describedAs("Pause between two such questions.");
        count = Setting.integer(prefix + ".keepalive-count")
                .takenFrom(url, uri -> uri.number("keepalives_count"))
                .between(1, 100)
                .defaultsTo(3)
                .describedAs("Questions without an answer after which TCP ends the connection.");
    }

    KeepAlive read(Settings settings) {
        return new KeepAlive(settings.get(idle), settings.get(interval), settings.get(count));
    }

    void give(KeepAlive keepAlive, GivenValues values) {
        values.with(idle, keepAlive.idle()).with(interval, keepAlive.interval()).with(count, keepAlive.count());
    }
}
