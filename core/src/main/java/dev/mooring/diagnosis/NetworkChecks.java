package dev.mooring.diagnosis;

import static dev.mooring.failure.FailureKind.CONNECTION_REFUSED;
import static dev.mooring.failure.FailureKind.CONNECT_TIMEOUT;
import static dev.mooring.failure.FailureKind.NAME_NOT_RESOLVED;
import static dev.mooring.failure.FailureKind.TLS_FAILED;

import java.util.List;

/**
 * The checks of the way to a server, from its name to its certificate. Every kind of dependency has its own, with its own codes.
 *
 * @param name the host name has an address
 * @param names every one of several host names has an address
 * @param refused a server listens on the port
 * @param reachable packets reach the server
 * @param addresses every address accepts connections
 * @param handshake both sides agree on TLS
 * @param authority a known authority signed the certificate
 * @param dates the certificate is valid today
 * @param certificateName the certificate is made for the host
 * @param expiry the certificate stays valid for some time
 */
public record NetworkChecks(
        Check name,
        Check names,
        Check refused,
        Check reachable,
        Check addresses,
        Check handshake,
        Check authority,
        Check dates,
        Check certificateName,
        Check expiry) {

    /**
     * The checks of one kind of server.
     *
     * @param prefix the first word of their codes
     * @param server the server's name for people
     * @param address the setting that holds its address
     * @param authorities the setting that names the file of authorities
     */
    public static NetworkChecks of(String prefix, String server, String address, String authorities) {
        return new NetworkChecks(
                name(prefix, server, address),
                Check.warning(prefix + "-names", Layer.NAME, NAME_NOT_RESOLVED, "Every host name has an address.")
                        .cause("One of the hosts in " + address + " is gone or misspelled", "remove it or correct it"),
                refused(prefix, server, address),
                reachable(prefix, server),
                Check.warning(
                                prefix + "-addresses",
                                Layer.TCP,
                                CONNECT_TIMEOUT,
                                "Every address of the host accepts connections.")
                        .cause(
                                "One of several servers or availability zones is away, and each connect may lose time on it",
                                "compare the addresses with the servers that run; remove the dead one from DNS"),
                Check.fatal(prefix + "-tls-handshake", Layer.TLS, TLS_FAILED, "Both sides agree on TLS.")
                        .cause(
                                "The port speaks no TLS, or a proxy before it does not",
                                "compare the port with the server's settings: " + server
                                        + " with and without TLS may have two ports",
                                "unrecognized SSL message")
                        .cause(
                                "The server offers only versions or ciphers that this JDK has switched off",
                                "openssl s_client -connect HOST:PORT shows what it offers; allow TLS 1.2 or 1.3 there",
                                "protocol_version",
                                "protocol version",
                                "handshake_failure",
                                "insufficient_security"),
                Check.fatal(
                                prefix + "-tls-authority",
                                Layer.TLS,
                                TLS_FAILED,
                                "An authority that this process trusts signed the server's certificate.")
                        .cause(
                                "The server has a certificate of a private or new authority",
                                "put that authority's certificate (PEM) into the file that " + authorities + " names",
                                "no authority")
                        .cause(
                                "The server sends its own certificate without the intermediate one",
                                "add the intermediate certificate to the server's certificate file",
                                "no authority")
                        .cause(
                                "Another server answers in its place",
                                "compare the certificate's subject with the expected one",
                                "no authority")
                        .cause(
                                "The file that " + authorities + " names is missing or holds no certificate in PEM",
                                "openssl x509 -noout -subject -in FILE, as the user of this process",
                                "file of authorities"),
                Check.fatal(prefix + "-tls-dates", Layer.TLS, TLS_FAILED, "The server's certificate is valid today.")
                        .cause(
                                "The certificate has expired and was not renewed",
                                "renew it on the server and reload the server",
                                "expired")
                        .cause(
                                "A renewed certificate is on disk and the server was not reloaded",
                                "reload the server",
                                "expired")
                        .cause(
                                "This machine's clock is wrong",
                                "compare date -u with another machine",
                                "expired",
                                "not valid yet")
                        .cause(
                                "The certificate was made for a later time, or by a machine with a fast clock",
                                "wait until it begins, or make one that begins now",
                                "not valid yet"),
                Check.fatal(
                                prefix + "-tls-name",
                                Layer.TLS,
                                TLS_FAILED,
                                "The server's certificate is made for the host in " + address + ".")
                        .cause(
                                address + " holds an IP address or an alias that the certificate does not name",
                                "use a name that the certificate names")
                        .cause(
                                "The certificate belongs to another server",
                                "issue one whose subject alternative names hold the host"),
                Check.warning(
                                prefix + "-tls-expiry",
                                Layer.TLS,
                                TLS_FAILED,
                                "The server's certificate stays valid for more than 14 days.")
                        .cause("The certificate is due for renewal", "renew it before it expires"));
    }

    private static Check name(String prefix, String server, String address) {
        return Check.fatal(prefix + "-name", Layer.NAME, NAME_NOT_RESOLVED, "The host name has an address.")
                .cause(
                        address + " is misspelled",
                        "compare it with the endpoint that the owner of " + server + " gives")
                .cause(
                        "The DNS server of this machine does not know the name, because the zone is private",
                        "getent hosts NAME here and on a machine where it works; check /etc/resolv.conf and the zone's network")
                .cause("The server was renamed or deleted", "look it up where it was created");
    }

    private static Check refused(String prefix, String server, String address) {
        return Check.fatal(prefix + "-refused", Layer.TCP, CONNECTION_REFUSED, "A server listens on the port.")
                .cause(server + " does not run", "look at the server's process or console, and at its log; start it")
                .cause(
                        "The port in " + address + " or its own setting is wrong",
                        "compare it with the port that the server listens on")
                .cause(
                        server + " listens on another address of that machine only, such as loopback",
                        "ss -ltn on the server; change its listen address")
                .cause("A firewall rejects the connection", "look for REJECT rules on both machines");
    }

    private static Check reachable(String prefix, String server) {
        return Check.fatal(prefix + "-reachable", Layer.TCP, CONNECT_TIMEOUT, "Packets reach the server.")
                .cause(
                        "The security group or firewall of " + server + " does not admit this machine",
                        "add an inbound rule for the port with this machine's security group or address")
                .cause(
                        server + " hangs, and its queue of new connections is full",
                        "ss -ltn on the server: Recv-Q of the port is above Send-Q; other ports of the host answer")
                .cause(
                        "A network ACL drops the packets or the answers",
                        "allow the port inbound and the ephemeral ports (1024-65535) outbound")
                .cause(
                        "There is no route between the two networks",
                        "check route tables, peering, VPN and that both subnets are the intended ones",
                        "network is unreachable")
                .cause(
                        "The machine of the server is down or was replaced",
                        "look at its console",
                        "no route to host",
                        "host is unreachable")
                .cause(
                        "A firewall rejects the packets and says that the host cannot be reached",
                        "look for REJECT rules on both machines",
                        "no route to host",
                        "host is unreachable");
    }

    /** All of them, in the order of the layers. */
    public List<Check> all() {
        return List.of(
                name, names, refused, reachable, addresses, handshake, authority, dates, certificateName, expiry);
    }
}
