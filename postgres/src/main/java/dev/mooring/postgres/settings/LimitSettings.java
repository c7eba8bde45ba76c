package dev.mooring.postgres.settings;

import dev.mooring.settings.GivenValues;
import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import java.time.Duration;

/** The definitions of {@link Limits}. */
final class LimitSettings {
    final Setting<Duration> connect;
    final Setting<Duration> socket;
    final Setting<Duration> statement;
    final Setting<Duration> acquire;

    LimitSettings(String prefix, Setting<PostgresUri> url) {
        connect = Setting.duration(prefix + ".connect-timeout")
                .takenFrom(url, uri -> uri.seconds("connectTimeout"))
                .between(Duration.ofMillis(100), Duration.ofMinutes(5))
                .defaultsTo(Duration.ofSeconds(10))
                .describedAs("Longest time for a TCP connect, and for an attempt of the start-up wait.");
        socket = Setting.duration(prefix + ".socket-timeout")
                .takenFrom(url, uri -> uri.seconds("socketTimeout"))
                .between(Duration.ofSeconds(1), Duration.ofHours(1))
                .defaultsTo(Duration.ofSeconds(30))
                .describedAs("Longest wait for an answer of the server, log-in included.");
        statement = Setting.duration(prefix + ".statement-timeout")
                .between(Duration.ofMillis(100), Duration.ofHours(1))
                .defaultsTo(
                        "10s, or nine tenths of the socket timeout if that is less",
                        settings -> shorterThan(settings.get(socket)))
                .describedAs(
                        "Longest run of a statement, after which the server ends it; shorter than the socket timeout.");
        acquire = Setting.duration(prefix + ".acquire-timeout")
                .between(Duration.ofMillis(250), Duration.ofMinutes(5))
                .defaultsTo(Duration.ofSeconds(2))
                .describedAs("Longest wait for a connection from the pool.");
    }

    /** The server ends a statement before the socket gives up, so that no server process is left behind. */
    private static Duration shorterThan(Duration socket) {
        Duration usual = Duration.ofSeconds(10);
        Duration before = Duration.ofMillis(socket.toMillis() * 9 / 10);
        return before.compareTo(usual) < 0 ? before : usual;
    }

    Limits read(Settings settings) {
        return new Limits(settings.get(connect), settings.get(socket), settings.get(statement), settings.get(acquire));
    }

    void give(Limits limits, GivenValues values) {
        values.with(connect, limits.connect())
                .with(socket, limits.socket())
                .with(statement, limits.statement())
                .with(acquire, limits.acquire());
    }

    void checkOrder(Settings settings) {
        if (settings.get(statement).compareTo(settings.get(socket)) >= 0) {
            settings.reject(statement, "less than " + settings.shown(socket));
        }
    }
}
