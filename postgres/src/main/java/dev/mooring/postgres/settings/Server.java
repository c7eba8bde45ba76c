package dev.mooring.postgres.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a database is. Immutable; the methods with an argument give a changed copy.
 *
 * @param address host or hosts, each with its port
 * @param sslMode how connections are encrypted; default {@code require}, {@code prefer} on loopback
 * @param rootCertificates authorities that may sign its certificate; empty, the default: those of the JDK
 */
public record Server(Address address, SslMode sslMode, Optional<Path> rootCertificates) {
    /** The same with connections encrypted in another way. */
    public Server sslMode(SslMode mode) {
        return new Server(address, mode, rootCertificates);
    }

    /** The same, but only these authorities may sign its certificate: a readable file of PEM certificates. */
    public Server rootCertificates(Path file) {
        return new Server(address, sslMode, Optional.of(file));
    }
}
