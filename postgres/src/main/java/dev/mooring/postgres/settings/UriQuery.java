package dev.mooring.postgres.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The parameters of a URI. One that libpq and the driver spell differently is kept under the driver's name.
 *
 * @param given the parameters by the driver's name of each
 * @param repeated the names, as written, of those that the URI has twice
 */
record UriQuery(Map<String, Given> given, Set<String> repeated) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,40}");

    /** The driver's names of parameters that libpq spells differently. */
    private static final Map<String, String> OF_LIBPQ = Map.ofEntries(
            Map.entry("application_name", "ApplicationName"),
            Map.entry("channel_binding", "channelBinding"),
            Map.entry("connect_timeout", "connectTimeout"),
            Map.entry("gssencmode", "gssEncMode"),
            Map.entry("keepalives", "tcpKeepAlive"),
            Map.entry("require_auth", "requireAuth"),
            Map.entry("sslnegotiation", "sslNegotiation"),
            Map.entry("target_session_attrs", "targetServerType"));

    /**
     * A parameter.
     *
     * @param written its name as the URI has it
     * @param name its name in the driver
     * @param value its decoded value; empty text where it has none
     */
    record Given(String written, String name, String value) {}

    UriQuery {
        given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
        repeated = Collections.unmodifiableSet(new TreeSet<>(repeated));
    }

    /**
     * Reads {@code name=value&name=value}; empty when a name is none.
     *
     * @throws IllegalArgumentException a percent-escape is broken
     */
    static Optional<UriQuery> parse(String query) {
        Map<String, Given> given = new LinkedHashMap<>();
        Set<String> repeated = new TreeSet<>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!NAME.matcher(name).matches()) {
                return Optional.empty();
            }
            String ofDriver = OF_LIBPQ.getOrDefault(name, name);
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (given.put(ofDriver, new Given(name, ofDriver, value)) != null) {
                repeated.add(name);
            }
        }
        return Optional.of(new UriQuery(given, repeated));
    }

    /** The value of the parameter with this name in the driver. */
    Optional<String> value(String name) {
        return Optional.ofNullable(given.get(name)).map(Given::value);
    }

    /** The same, where the URI names this part elsewhere too if {@code elsewhere} holds. */
    UriQuery repeatedIf(boolean elsewhere, String name) {
        Given twice = given.get(name);
        if (!elsewhere || twice == null) {
            return this;
        }
        Set<String> more = new TreeSet<>(repeated);
        more.add(twice.written());
        return new UriQuery(given, more);
    }

    /**
     * Decodes percent-escapes only, so that a plus in a password stays a plus.
     *
     * @throws IllegalArgumentException an escape is broken, or the bytes are no UTF-8, or one is a control character
     */
    static String decode(String text) {
        String decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        if (decoded.indexOf('\uFFFD') >= 0 || decoded.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("not readable as UTF-8");
        }
        return decoded;
    }
}
