package dev.mooring.redis.settings;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where one server listens.
 *
 * @param host name or address; an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record Node(String host, int port) {
    /** The port of Redis. */
    public static final int REDIS = 6379;
    /** The port of Sentinel. */
    public static final int SENTINEL = 26_379;

    private static final Pattern FORM =
            Pattern.compile("(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?])(?::(?<port>\\d{1,5}))?");

    public Node {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("expected a host and a port from 1 to 65535, got " + host + ":" + port);
        }
    }

    /** Reads {@code host}, {@code host:port} or {@code [IPv6]:port}; empty if the text is none of them. */
    static Optional<Node> parse(String text, int standard) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        String given = form.group("port");
        int port = given == null ? standard : Integer.parseInt(given);
        return port < 1 || port > 65_535
                ? Optional.empty()
                : Optional.of(new Node(form.group("host").replaceAll("[\\[\\]]", ""), port));
    }

    /** The nodes of a list, each with this port where it names none. */
    static List<Node> all(List<String> texts, int standard) {
        return texts.stream().flatMap(text -> parse(text, standard).stream()).toList();
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
