package dev.mooring.postgres.settings;

import dev.mooring.postgres.tls.CertificateFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The address of a database server, the encryption of connections to it, and further parameters of the driver. Immutable; the methods with
 * an argument give a changed copy.
 *
 * @param address host or hosts, each with its port
 * @param sslMode how connections are encrypted; default {@code require}, {@code prefer} on loopback, {@code verify-full} with root
 *     certificates ({@code verify-ca} where the host is an IP address)
 * @param rootCertificates file of the authorities that may sign its certificate; empty by default, which means those of the JDK
 * @param clientCertificate the certificate of this process; empty by default
 * @param parameters parameters of the driver by name, such as {@code currentSchema}; empty by default
 */
public record Server(
        Address address,
        SslMode sslMode,
        Optional<Path> rootCertificates,
        Optional<ClientCertificate> clientCertificate,
        Map<String, String> parameters) {
    public Server {
        parameters = Map.copyOf(parameters);
    }

    /** The same at another address. */
    public Server address(Address other) {
        return new Server(other, sslMode, rootCertificates, clientCertificate, parameters);
    }

    /** The same with another encryption of connections. */
    public Server sslMode(SslMode mode) {
        return new Server(address, mode, rootCertificates, clientCertificate, parameters);
    }

    /**
     * The same, but only these authorities may sign its certificate: a readable file of PEM certificates, or {@code system} for those of the
     * JDK. A mode that does not verify becomes the default of one that does.
     */
    public Server rootCertificates(Path file) {
        SslMode verifying = sslMode.verifies() ? sslMode : SslMode.verifying(address);
        return new Server(address, verifying, Optional.of(file), clientCertificate, parameters);
    }

    /** The same, and this process identifies itself with a certificate. A mode that may do without TLS becomes {@code require}. */
    public Server clientCertificate(ClientCertificate own) {
        SslMode encrypted = sslMode.encrypts() ? sslMode : SslMode.REQUIRE;
        return new Server(address, encrypted, rootCertificates, Optional.of(own), parameters);
    }

    /** The same with a parameter of the driver, for example {@code parameter("currentSchema", "shop")}. */
    public Server parameter(String name, String value) {
        Map<String, String> more = new TreeMap<>(parameters);
        more.put(name, value);
        return new Server(address, sslMode, rootCertificates, clientCertificate, more);
    }

    /** The file of authorities; empty where those of the JDK count. */
    public Optional<Path> authorities() {
        return rootCertificates.filter(file -> !file.equals(CertificateFile.SYSTEM));
    }
}
