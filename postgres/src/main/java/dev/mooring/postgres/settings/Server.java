package dev.mooring.postgres.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The address of a database server, and the encryption of connections to it. Immutable; the methods with an argument give a changed copy.
 *
 * @param address host or hosts, each with its port
 * @param sslMode how connections are encrypted; default {@code require}, {@code prefer} on loopback
 * @param rootCertificates file of the authorities that may sign its certificate; empty by default, which means those of the JDK
 * @param direct the address of the server itself, for start tasks, where {@code address} is a pooler that shares server processes between
 *     clients; empty by default, which means {@code address}
 */
public record Server(Address address, SslMode sslMode, Optional<Path> rootCertificates, Optional<Address> direct) {
    /** The same with another encryption of connections. */
    public Server sslMode(SslMode mode) {
        return new Server(address, mode, rootCertificates, direct);
    }

    /** The same, but only these authorities may sign its certificate: a readable file of PEM certificates. */
    public Server rootCertificates(Path file) {
        return new Server(address, sslMode, Optional.of(file), direct);
    }

    /** The same with the address of the server itself, behind the pooler that {@code address} is. */
    public Server direct(String host, int port) {
        Address itself = new Address(List.of(new Address.Host(host, OptionalInt.of(port))));
        return new Server(address, sslMode, rootCertificates, Optional.of(itself));
    }

    /** The server as start tasks reach it. */
    public Server forStartTasks() {
        return new Server(direct.orElse(address), sslMode, rootCertificates, Optional.empty());
    }
}
