package dev.mooring.diagnosis;

/**
 * Where one server listens.
 *
 * @param host a name or an IP address, without brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
