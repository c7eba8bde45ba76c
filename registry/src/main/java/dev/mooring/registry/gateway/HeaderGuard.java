package dev.mooring.registry.gateway;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Decides which headers pass between a client and MLflow. What belongs to one connection stays on it. A client's key, its cookies and what it
 * says about where it comes from are for this service alone; MLflow gets this service's credentials.
 */
final class HeaderGuard {
    /** RFC 9110, 7.6.1, and what older clients send. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    private static final Set<String> NOT_FOR_MLFLOW = Set.of(
            "authorization",
            "x-api-key",
            "cookie",
            "host",
            "content-length",
            "expect",
            "origin",
            "referer",
            "forwarded",
            "via",
            "x-real-ip",
            "x-request-id",
            "x-http-method",
            "x-http-method-override",
            "x-method-override",
            "x-original-url",
            "x-rewrite-url");

    /** What names another address, or speaks for the host of this service, for what it does, or of the credentials that it sent. */
    private static final Set<String> NOT_FOR_CLIENTS = Set.of(
            "alt-svc",
            "authorization",
            "clear-site-data",
            "content-length",
            "content-location",
            "date",
            "idempotent-replay",
            "link",
            "mooring-degraded",
            "nel",
            "ratelimit",
            "ratelimit-policy",
            "refresh",
            "report-to",
            "reporting-endpoints",
            "server",
            "set-cookie",
            "set-cookie2",
            "strict-transport-security",
            "via",
            "www-authenticate",
            "x-content-type-options",
            "x-request-id");

    /** A name with an underscore becomes the same variable of WSGI as one with a dash, and so another header than it was here. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^`|~-]+");

    private HeaderGuard() {}

    /**
     * The names of the client's headers that go to MLflow.
     *
     * @param names as they arrived
     * @param connection the values of the header {@code Connection}, which names more headers of this connection
     */
    static List<String> toMlflow(Collection<String> names, Collection<String> connection) {
        Set<String> here = named(connection);
        return names.stream()
                .filter(name -> NAME.matcher(name).matches())
                .filter(name -> passes(name, here, NOT_FOR_MLFLOW))
                .filter(name -> !name.toLowerCase(Locale.ROOT).startsWith("x-forwarded-"))
                .toList();
    }

    /** The names of MLflow's headers that go to the client. Who may call across origins is decided here, not there. */
    static List<String> toClient(Collection<String> names, Collection<String> connection) {
        Set<String> here = named(connection);
        return names.stream()
                .filter(name -> passes(name, here, NOT_FOR_CLIENTS))
                .filter(name -> !name.toLowerCase(Locale.ROOT).startsWith("access-control-"))
                .toList();
    }

    private static boolean passes(String name, Set<String> ofThisConnection, Set<String> kept) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !HOP_BY_HOP.contains(lower) && !ofThisConnection.contains(lower) && !kept.contains(lower);
    }

    private static Set<String> named(Collection<String> connection) {
        Set<String> names = new HashSet<>();
        connection.stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .forEach(name -> names.add(name.strip().toLowerCase(Locale.ROOT)));
        return names;
    }
}
