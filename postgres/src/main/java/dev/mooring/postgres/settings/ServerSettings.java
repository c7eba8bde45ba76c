package dev.mooring.postgres.settings;

import dev.mooring.settings.GivenValues;
import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import dev.mooring.settings.ValueType;
import dev.mooring.settings.ValueType.Visibility;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The definitions of a {@link Server}, and of the URI from which other settings take a part. */
final class ServerSettings {
    final Setting<PostgresUri> url;
    final Setting<Address> host;
    final Setting<Integer> port;
    final Setting<Parameters> parameters;
    final TlsSettings tls;

    ServerSettings(String prefix) {
        Setting<PostgresUri> uri = Setting.of(
                        prefix + ".url",
                        ValueType.of(PostgresUri.class, PostgresUri.WORDS, PostgresUri::parse)
                                .showing(Visibility.URI))
                .describedAs("Address of the database as one URI; a single setting overrides its part.");
        url = prefix.equals(PostgresSettings.DEPENDENCY) ? uri.alsoCalled("postgres.uri") : uri;
        host = Setting.of(
                        prefix + ".host",
                        ValueType.of(
                                Address.class,
                                "a host name or IP address, or several separated by commas",
                                Address::parse))
                .takenFrom(url, address -> Optional.of(address.address().withoutOnlyPort()))
                .describedAs("Host of the server; of several, separated by commas, the primary is used.");
        port = Setting.port(prefix + ".port")
                .takenFrom(url, address -> boxed(address.address().onlyPort()))
                .defaultsTo(5432)
                .describedAs("Port of the server.");
        tls = new TlsSettings(prefix, url, host);
        parameters = Setting.of(
                        prefix + ".parameters",
                        ValueType.of(
                                Parameters.class,
                                "parameters as in a URI, such as currentSchema=shop&channelBinding=require, out of "
                                        + String.join(", ", DriverParameter.names()),
                                Parameters::parse))
                .takenFrom(url, address -> Optional.of(Parameters.of(address.query()))
                        .filter(some -> !some.values().isEmpty()))
                .describedAs("Further parameters of the connection, which the driver gets.");
    }

    Server read(Settings settings) {
        int itsPort = settings.get(port);
        Address address = settings.get(host);
        // The port setting overrides the ports of the URI, but not one that DATABASE_HOST has of its own.
        boolean ofUri = settings.find(url)
                .filter(uri -> uri.address().withoutOnlyPort().equals(address))
                .isPresent();
        return new Server(
                ofUri && settings.isSet(port) ? address.withPort(itsPort) : address.withDefaultPort(itsPort),
                settings.get(tls.mode),
                settings.find(tls.rootCertificates),
                tls.readCertificate(settings),
                settings.find(parameters).map(Parameters::values).orElse(Map.of()));
    }

    void give(Server server, GivenValues values) {
        values.with(host, server.address()).with(parameters, new Parameters(server.parameters()));
        tls.give(server, values);
    }

    void check(Settings settings) {
        settings.find(url).flatMap(UriParameters::expected).ifPresent(words -> settings.reject(url, words));
        tls.check(settings);
        settings.find(parameters).ifPresent(some -> checkTlsOf(some.values(), settings));
    }

    /** What a parameter asks of TLS, which the mode may exclude: each log-in would fail. */
    private void checkTlsOf(Map<String, String> some, Settings settings) {
        SslMode mode = settings.get(tls.mode);
        if (mode == SslMode.DISABLE && "require".equals(some.get("channelBinding"))) {
            settings.reject(parameters, "no channelBinding=require without TLS (" + tls.mode + ")");
        }
        if (!mode.encrypts() && "direct".equals(some.get("sslNegotiation"))) {
            settings.reject(parameters, "sslNegotiation=direct only where " + tls.mode + " is require or better");
        }
    }

    private static Optional<Integer> boxed(OptionalInt value) {
        return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
    }
}
