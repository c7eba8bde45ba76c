package dev.mooring.postgres.settings;

import dev.mooring.settings.GivenValues;
import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import dev.mooring.settings.ValueType;

/** The definitions of a {@link Pooler}. */
final class PoolerSettings {
    final Setting<Address> direct;
    final Setting<Integer> prepareThreshold;

    PoolerSettings(String prefix, Setting<PostgresUri> url) {
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
                .takenFrom(url, uri -> uri.number("prepareThreshold"))
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
}
