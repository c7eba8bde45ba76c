package dev.mooring.postgres.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Checks that every parameter of a URI has an effect: it is a part of a setting, or the driver gets it, or it asks for what is so anyway. */
final class UriParameters {
    private static final String MODES = "disable, allow, prefer, require, verify-ca, verify-full";
    private static final Set<String> SECRETS = Set.of("password", "sslpassword");

    /** A parameter that is a part of a setting: the accepted values, and whether the URI has one. */
    private record Part(String words, Predicate<PostgresUri> accepted) {
        static Part filled(String name) {
            return new Part("not empty", uri -> uri.parameter(name).isPresent());
        }

        static Part seconds(String name) {
            return new Part(
                    "whole seconds, at least 1", uri -> uri.seconds(name).isPresent());
        }

        static Part number(String name) {
            return new Part("a whole number", uri -> uri.number(name).isPresent());
        }

        static Part only(String name, String... values) {
            return new Part("one of " + String.join(", ", values), uri -> List.of(values)
                    .contains(uri.parameter(name).orElse("")));
        }
    }

    private static final Map<String, Part> PARTS = Map.ofEntries(
            Map.entry("host", Part.filled("host")),
            Map.entry("port", Part.filled("port")),
            Map.entry("dbname", Part.filled("dbname")),
            Map.entry("user", Part.filled("user")),
            Map.entry("password", Part.filled("password")),
            Map.entry(
                    "sslmode", new Part("one of " + MODES, uri -> uri.sslMode().isPresent())),
            Map.entry("ssl", new Part("true, false or an sslmode, and no other than sslmode", UriParameters::agrees)),
            Map.entry("sslrootcert", Part.filled("sslrootcert")),
            Map.entry("sslcert", Part.filled("sslcert")),
            Map.entry("sslkey", Part.filled("sslkey")),
            Map.entry("sslpassword", Part.filled("sslpassword")),
            Map.entry("requireAuth", Part.filled("requireAuth")),
            Map.entry("connectTimeout", Part.seconds("connectTimeout")),
            Map.entry("socketTimeout", Part.seconds("socketTimeout")),
            Map.entry("keepalives_idle", Part.seconds("keepalives_idle")),
            Map.entry("keepalives_interval", Part.seconds("keepalives_interval")),
            Map.entry("keepalives_count", Part.number("keepalives_count")),
            Map.entry("prepareThreshold", Part.number("prepareThreshold")),
            Map.entry("ApplicationName", Part.filled("ApplicationName")),
            Map.entry("fallback_application_name", Part.filled("fallback_application_name")),
            // These ask for what is so anyway.
            Map.entry("tcpKeepAlive", Part.only("tcpKeepAlive", "true", "1")),
            Map.entry("gssEncMode", Part.only("gssEncMode", "disable")),
            Map.entry("client_encoding", Part.only("client_encoding", "UTF8", "utf8", "UTF-8", "utf-8")));

    private UriParameters() {}

    /** What is expected of this URI's parameters, in words; empty when all have an effect. */
    static Optional<String> expected(PostgresUri uri) {
        List<String> expected = new ArrayList<>();
        boolean unknown = false;
        boolean afterSecret = false;
        for (UriQuery.Given given : uri.query().given().values()) {
            Optional<String> words = words(given, uri);
            if (isKnown(given)) {
                words.ifPresent(accepted -> expected.add("a parameter " + given.written() + " that is " + accepted));
            } else if (afterSecret) {
                // A raw & in the password: the name may be a part of it.
                return Optional.of(PostgresUri.WORDS);
            } else {
                expected.add("no parameter " + given.written());
                unknown = true;
            }
            afterSecret |= SECRETS.contains(given.name());
        }
        uri.query().repeated().forEach(name -> expected.add("only one value for the parameter " + name));
        if (unknown) {
            TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            names.addAll(PARTS.keySet());
            names.addAll(DriverParameter.names());
            expected.add("accepted are " + String.join(", ", names) + ", also in the spelling of libpq");
        }
        return expected.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", expected));
    }

    private static boolean isKnown(UriQuery.Given given) {
        return PARTS.containsKey(given.name())
                || DriverParameter.of(given.name()).isPresent();
    }

    /** The accepted values of a known parameter; empty when it has one of them. */
    private static Optional<String> words(UriQuery.Given given, PostgresUri uri) {
        Part part = PARTS.get(given.name());
        if (part != null) {
            return part.accepted().test(uri) ? Optional.empty() : Optional.of(part.words());
        }
        return DriverParameter.of(given.name())
                .filter(one -> !one.accepted().test(given.value()))
                .map(DriverParameter::words);
    }

    /** Whether {@code ssl} is a value of its own and does not contradict {@code sslmode}. */
    private static boolean agrees(PostgresUri uri) {
        Optional<SslMode> ssl = uri.query().value("ssl").flatMap(PostgresUri::ofSsl);
        Optional<SslMode> mode = uri.query().value("sslmode").flatMap(SslMode::of);
        return ssl.isPresent()
                && mode.map(one -> one.encrypts() == ssl.get().encrypts()).orElse(true);
    }
}
