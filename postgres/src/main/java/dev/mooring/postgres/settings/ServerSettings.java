package dev.mooring.postgres.settings;

import dev.mooring.settings.GivenValues;
import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import dev.mooring.settings.ValueType;
import dev.mooring.settings.ValueType.Visibility;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** The definitions of a {@link Server}, and of the URI from which other settings take a part. */
final class ServerSettings {
    final Setting<PostgresUri> url;
    final Setting<Address> host;
    final Setting<Integer> port;
    final Setting<SslMode> sslMode;
    final Setting<Path> rootCertificates;

    ServerSettings(String prefix) {
        Setting<PostgresUri> uri = Setting.of(
                        prefix + ".url",
                        ValueType.of(
                                        PostgresUri.class,
                                        "a URI such as postgresql://user@host:5432/database",
                                        PostgresUri::parse)
                                .showing(Visibility.URI))
                .describedAs("Address of the database as one URI; a single setting overrides its part.");
        url = prefix.equals(PostgresSettings.DEPENDENCY) ? uri.alsoCalled("postgres.uri") : uri;
        host = Setting.of(
                        prefix + ".host",
                        ValueType.of(
                                Address.class,
                                "a host name or IP address, or several separated by commas",
                                Address::parse))
                .takenFrom(url, address -> Optional.of(address.address()))
                .describedAs("Host of the server; of several, separated by commas, the primary is used.");
        port = Setting.port(prefix + ".port")
                .takenFrom(url, address -> boxed(address.address().firstPort()))
                .defaultsTo(5432)
                .describedAs("Port of the server.");
        sslMode = Setting.oneOf(prefix + ".sslmode", SslMode.class)
                .takenFrom(url, address -> address.parameter("sslmode").flatMap(SslMode::of))
                .defaultsTo("require, prefer on loopback", this::defaultSslMode)
                .describedAs("Encryption of connections.");
        rootCertificates = Setting.path(prefix + ".sslrootcert")
                .takenFrom(url, address -> address.parameter("sslrootcert").map(Path::of))
                .accepting("a readable file of PEM certificates", Files::isReadable)
                .describedAs(
                        "File of the authorities (PEM) that may sign the server's certificate; without it those of the JDK.");
    }

    Server read(Settings settings) {
        int itsPort = settings.get(port);
        Address address = settings.get(host);
        boolean portOfItsOwn = settings.find(url)
                .map(uri -> uri.address().firstPort().orElse(itsPort) != itsPort)
                .orElse(false);
        return new Server(
                portOfItsOwn ? address.withPort(itsPort) : address.withDefaultPort(itsPort),
                settings.get(sslMode),
                settings.find(rootCertificates));
    }

    void give(Server server, GivenValues values) {
        values.with(host, server.address())
                .with(sslMode, server.sslMode())
                .with(rootCertificates, server.rootCertificates());
    }

    void checkUri(Settings settings) {
        settings.find(url).ifPresent(uri -> {
            if (uri.parameter("sslmode")
                    .filter(code -> SslMode.of(code).isEmpty())
                    .isPresent()) {
                settings.reject(url, "an sslmode that is " + sslMode.type().words());
            }
            uri.unknown()
                    .forEach(name -> settings.warn(url + " has a parameter " + name + ", which does nothing here"));
        });
    }

    private SslMode defaultSslMode(Settings settings) {
        boolean loopback = settings.find(host).map(Address::isLoopback).orElse(true);
        return loopback ? SslMode.PREFER : SslMode.REQUIRE;
    }

    private static Optional<Integer> boxed(OptionalInt value) {
        return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
    }
}
