package dev.mooring.postgres.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The address of a database server, and the encryption of connections to it. Immutable; the methods with an argument give a changed copy.
 *
 * @param address host or hosts, each with its port
 * @param sslMode how connections are encrypted; default {@code require}, {@code prefer} on loopback
 * @param rootCertificates file of the authorities that may sign its certificate; empty by default, which means those of the JDK
 */
public record Server(Address address, SslMode sslMode, Optional<Path> rootCertificates) {
    /** The same at another address. */
    public Server address(Address other) {
        return new Server(other, sslMode, rootCertificates);
    }

    /** The same with another encryption of connections. */
    public Server sslMode(SslMode mode) {
        return new Server(address, mode, rootCertificates);
    }

    /** The same, but only these authorities may sign its certificate: a readable file of PEM certificates. */
    public Server rootCertificates(Path file) {
        return new Server(address, sslMode, Optional.of(file));
    }
}
