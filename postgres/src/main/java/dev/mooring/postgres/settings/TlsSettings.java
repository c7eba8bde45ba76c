package dev.mooring.postgres.settings;

import dev.mooring.postgres.tls.CertificateFile;
import dev.mooring.postgres.tls.ClientKey;
import dev.mooring.postgres.tls.UnusableKeyException;
import dev.mooring.settings.GivenValues;
import dev.mooring.settings.Secret;
import dev.mooring.settings.SecretSource;
import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The definitions of the encryption of connections to a {@link Server}. */
final class TlsSettings {
    final Setting<SslMode> mode;
    final Setting<Path> rootCertificates;
    final Setting<Path> certificate;
    final Setting<Path> key;
    final Setting<Secret> password;

    private final Setting<Address> host;

    TlsSettings(String prefix, Setting<PostgresUri> url, Setting<Address> host) {
        this.host = host;
        rootCertificates = Setting.path(prefix + ".sslrootcert")
                .takenFrom(url, uri -> uri.path("sslrootcert"))
                .accepting(
                        "a readable file of PEM certificates, or system",
                        file -> file.equals(CertificateFile.SYSTEM) || CertificateFile.holdsOne(file))
                .describedAs("File of the authorities (PEM) that may sign the server's certificate; without it, and"
                        + " with system, those of the JDK.");
        certificate = Setting.path(prefix + ".sslcert")
                .takenFrom(url, uri -> uri.path("sslcert"))
                .accepting("a readable file of PEM certificates", CertificateFile::holdsOne)
                .describedAs("File of the certificate (PEM) with which this process identifies itself.");
        key = Setting.path(prefix + ".sslkey")
                .takenFrom(url, uri -> uri.path("sslkey"))
                .accepting("a readable file of a private key", Files::isReadable)
                .describedAs("File of that certificate's private key: PKCS#8 (PEM or DER), or a PKCS#12 store (.p12,"
                        + " .pfx) with key and certificate.");
        password = Setting.secret(prefix + ".sslpassword")
                .takenFrom(url, uri -> uri.parameter("sslpassword").map(Secret::of))
                .describedAs("Password of an encrypted private key or store.");
        mode = Setting.oneOf(prefix + ".sslmode", SslMode.class)
                .takenFrom(url, PostgresUri::sslMode)
                .defaultsTo(
                        "require; prefer on loopback; verify-full where authorities are given, verify-ca if the host"
                                + " is then an IP address",
                        this::defaultMode)
                .describedAs("Encryption of connections.");
    }

    Optional<ClientCertificate> readCertificate(Settings settings) {
        return settings.find(key)
                .map(file -> new ClientCertificate(settings.find(certificate), file, settings.secret(password)));
    }

    void give(Server server, GivenValues values) {
        values.with(mode, server.sslMode()).with(rootCertificates, server.rootCertificates());
        server.clientCertificate().ifPresent(own -> {
            values.with(certificate, own.certificate()).with(key, own.key());
            own.password().map(SecretSource::current).ifPresent(secret -> values.withText(password, secret.reveal()));
        });
    }

    void check(Settings settings) {
        SslMode chosen = settings.get(mode);
        if (settings.find(rootCertificates).isPresent()) {
            checkVerifies(settings, chosen);
        }
        if (settings.find(key).isPresent()) {
            checkKey(settings, chosen);
        } else if (settings.find(certificate).isPresent()) {
            settings.reject(certificate, key + " beside it");
        }
    }

    private void checkVerifies(Settings settings, SslMode chosen) {
        if (!chosen.verifies()) {
            // libpq would verify the authority with require; the driver would not. A file without an effect deceives.
            settings.reject(
                    mode, "verify-ca or verify-full, because " + rootCertificates + " is set, which others do not use");
        }
    }

    private void checkKey(Settings settings, SslMode chosen) {
        if (!chosen.encrypts()) {
            settings.reject(mode, "require, verify-ca or verify-full, because " + key + " is set");
        }
        Path file = settings.get(key);
        Optional<Path> beside = settings.find(certificate);
        if (beside.isEmpty() && !ClientKey.isStore(file)) {
            settings.reject(key, certificate + " beside it");
            return;
        }
        if (beside.isPresent() && ClientKey.isStore(file)) {
            settings.reject(certificate, "nothing, because " + key + " is a store that holds the certificate");
            return;
        }
        try {
            ClientKey.read(beside, file, settings.secret(password).map(SecretSource::current));
        } catch (UnusableKeyException unusable) {
            settings.reject(key, unusable.getMessage() + " (" + certificate + ", " + key + ", " + password + ")");
        }
    }

    private SslMode defaultMode(Settings settings) {
        Optional<Address> address = settings.find(host);
        if (settings.find(rootCertificates).isPresent()) {
            return address.map(SslMode::verifying).orElse(SslMode.VERIFY_FULL);
        }
        boolean loopback = address.map(Address::isLoopback).orElse(true);
        return loopback && settings.find(key).isEmpty() ? SslMode.PREFER : SslMode.REQUIRE;
    }
}
