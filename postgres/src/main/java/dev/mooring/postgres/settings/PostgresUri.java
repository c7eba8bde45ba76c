package dev.mooring.postgres.settings;

import dev.mooring.settings.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database address as one URI: {@code postgresql://user:password@host:5432/database?sslmode=require}. Also accepted: {@code postgres://},
 * {@code jdbc:postgresql://}, {@code postgresql+driver://} (SQLAlchemy), several hosts, percent-escapes.
 *
 * @param address the host or hosts
 * @param user the user, if it names one
 * @param password the password, if it holds one
 * @param database the database, if it names one
 * @param parameters the parameters after the question mark, with their names as written
 */
record PostgresUri(
        Address address,
        Optional<String> user,
        Optional<Secret> password,
        Optional<String> database,
        Map<String, String> parameters) {
    private static final Pattern FORM = Pattern.compile(
            "(?:jdbc:)?postgres(?:ql)?(?:\\+[a-z0-9]+)?://(?:([^/?#]*)@)?([^/?#@]+)(?:/([^?#]*))?(?:\\?([^#]*))?");

    private static final Set<String> KNOWN = Set.of(
            "sslmode",
            "sslrootcert",
            "connect_timeout",
            "connectTimeout",
            "socketTimeout",
            "prepareThreshold",
            "application_name",
            "ApplicationName",
            "target_session_attrs",
            "targetServerType");

    PostgresUri {
        parameters = Map.copyOf(parameters);
    }

    /** Reads a URI; empty when the text is none. */
    static Optional<PostgresUri> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            Map<String, String> parameters = parameters(Optional.ofNullable(form.group(4)));
            Optional<String> credentials = Optional.ofNullable(form.group(1));
            Optional<String> password = credentials
                    .filter(c -> c.contains(":"))
                    .map(c -> decode(c.substring(c.indexOf(':') + 1)))
                    .or(() -> Optional.ofNullable(parameters.remove("password")));
            Optional<String> user = credentials
                    .map(c -> decode(c.split(":", 2)[0]))
                    .or(() -> Optional.ofNullable(parameters.remove("user")))
                    .filter(name -> !name.isEmpty());
            Optional<String> database =
                    Optional.ofNullable(form.group(3)).map(PostgresUri::decode).filter(name -> !name.isEmpty());
            return Address.parse(decode(form.group(2)))
                    .map(address -> new PostgresUri(
                            address, user, password.filter(p -> !p.isEmpty()).map(Secret::of), database, parameters));
        } catch (IllegalArgumentException brokenEscape) {
            return Optional.empty();
        }
    }

    /** The value of the first of these parameters that the URI has. */
    Optional<String> parameter(String... names) {
        for (String name : names) {
            if (parameters.containsKey(name)) {
                return Optional.ofNullable(parameters.get(name));
            }
        }
        return Optional.empty();
    }

    /** Parameters that have no effect here. */
    Set<String> unknown() {
        Set<String> names = new TreeSet<>(parameters.keySet());
        names.removeAll(KNOWN);
        return names;
    }

    private static Map<String, String> parameters(Optional<String> query) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String pair : query.orElse("").split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                found.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return found;
    }

    /** Decodes percent-escapes only, so that a plus in a password stays a plus. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Without user, password and parameters. */
    @Override
    public String toString() {
        return "postgresql://" + address + database.map(name -> "/" + name).orElse("");
    }
}
