package dev.mooring.postgres.settings;

import dev.mooring.settings.GivenValues;
import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import dev.mooring.settings.ValueType;
import java.util.Optional;

/** The definitions of a {@link Pooler}. */
final class PoolerSettings {
    final Setting<Address> direct;
    final Setting<Integer> prepareThreshold;
    private final Setting<PostgresUri> url;

    PoolerSettings(String prefix, Setting<PostgresUri> url) {
        this.url = url;
        direct = Setting.of(
                        prefix + ".direct-host",
                        ValueType.of(
                                Address.class,
                                "a host name or IP address with its port, such as db.internal:5432",
                                Address::parse))
                .describedAs(
                        "Address of the server itself, for migrations, where the host is a pooler; port 5432 unless"
                                + " the address has one.");
        prepareThreshold = Setting.integer(prefix + ".prepare-threshold")
                .takenFrom(url, uri -> uri.parameter("prepareThreshold").flatMap(PoolerSettings::number))
                .between(0, 1_000)
                .defaultsTo(5)
                .describedAs(
                        "Executions of a prepared statement after which the server keeps it; 0 for never, as always"
                                + " behind a pooler.");
    }

    Pooler read(Settings settings) {
        return new Pooler(
                settings.find(direct).map(address -> address.withDefaultPort(5432)), settings.get(prepareThreshold));
    }

    void give(Pooler pooler, GivenValues values) {
        values.with(direct, pooler.direct()).with(prepareThreshold, pooler.prepareThreshold());
    }

    void check(Settings settings) {
        settings.find(url)
                .flatMap(uri -> uri.parameter("prepareThreshold"))
                .filter(text -> number(text).isEmpty())
                .ifPresent(notANumber -> settings.reject(url, "a prepareThreshold that is a whole number"));
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.parseInt(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}
