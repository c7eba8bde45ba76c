package dev.mooring.postgres.settings;

import dev.mooring.settings.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database address as one URI: {@code postgresql://user:password@host:5432/database?sslmode=require}. Also accepted: {@code postgres://},
 * {@code jdbc:postgresql://}, {@code jdbc:postgresql:database}, {@code postgresql+driver://} (SQLAlchemy), upper case, several hosts,
 * percent-escapes. Not accepted: a text whose password could end at more than one place.
 *
 * @param address the host or hosts; {@code localhost} when the URI names none
 * @param user the user, if it names one
 * @param password the password, if it holds one
 * @param database the database, if it names one
 * @param query the parameters after the question mark
 */
record PostgresUri(
        Address address, Optional<String> user, Optional<Secret> password, Optional<String> database, UriQuery query) {
    /** The values that the setting accepts, for messages. */
    static final String WORDS = "a URI such as postgresql://user@host:5432/database"
            + " (percent-encode special characters of the password)";

    /** A raw {@code @} ends the user's part, and stands nowhere else but in the parameter {@code user}, as Azure has it. */
    private static final Pattern FORM = Pattern.compile("(?i:(?:jdbc:)?postgres(?:ql)?(?:\\+[a-z0-9]+)?)://"
            + "(?:(?<credentials>[^/?#@]*)@)?(?<hosts>[^/?#@]*)(?:/(?<database>[^/?#@]*))?(?:\\?(?<query>[^#]*))?");

    private static final Pattern NAME_ONLY =
            Pattern.compile("(?i:jdbc:postgresql):/?(?<database>[^/?#@:]*)(?:\\?(?<query>[^#]*))?");
    private static final Pattern PLAIN_QUERY = Pattern.compile("(?:[^@]*&)?user=[^@/&]*@[^@/&]*(?:&[^@]*)?|[^@]*");

    private static final String HERE = "localhost";

    /** Reads a URI; empty when the text is none, or is ambiguous. */
    static Optional<PostgresUri> parse(String text) {
        Matcher form = FORM.matcher(text);
        Matcher nameOnly = NAME_ONLY.matcher(text);
        try {
            if (form.matches()) {
                return of(
                        Optional.ofNullable(form.group("credentials")),
                        form.group("hosts"),
                        Optional.ofNullable(form.group("database")),
                        Optional.ofNullable(form.group("query")));
            }
            return nameOnly.matches()
                    ? of(
                            Optional.empty(),
                            "",
                            Optional.ofNullable(nameOnly.group("database")),
                            Optional.ofNullable(nameOnly.group("query")))
                    : Optional.empty();
        } catch (IllegalArgumentException brokenEscape) {
            return Optional.empty();
        }
    }

    private static Optional<PostgresUri> of(
            Optional<String> credentials, String hosts, Optional<String> database, Optional<String> query) {
        if (!PLAIN_QUERY.matcher(query.orElse("")).matches()) {
            return Optional.empty();
        }
        Optional<UriQuery> parsed = UriQuery.parse(query.orElse(""));
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> user = part(credentials.map(c -> c.split(":", 2)[0]));
        Optional<String> password =
                part(credentials.filter(c -> c.contains(":")).map(c -> c.substring(c.indexOf(':') + 1)));
        Optional<String> path = part(database);
        UriQuery parameters = parsed.get()
                .repeatedIf(user.isPresent(), "user")
                .repeatedIf(password.isPresent(), "password")
                .repeatedIf(path.isPresent(), "dbname")
                .repeatedIf(!hosts.isEmpty(), "host")
                .repeatedIf(hosts.matches(".*:\\d+"), "port");
        return address(hosts, parameters)
                .map(address -> new PostgresUri(
                        address,
                        user.or(() -> filled(parameters.value("user"))),
                        password.or(() -> filled(parameters.value("password"))).map(Secret::of),
                        path.or(() -> filled(parameters.value("dbname"))),
                        parameters));
    }

    private static Optional<Address> address(String hosts, UriQuery parameters) {
        String named = hosts.isEmpty()
                ? parameters.value("host").orElse(HERE)
                : UriQuery.decode(hosts.startsWith(":") ? HERE + hosts : hosts);
        Optional<Address> address = Address.parse(named);
        Optional<String> port = filled(parameters.value("port"));
        return port.isEmpty()
                ? address
                : address.filter(one -> one.hosts().size() == 1)
                        .flatMap(one -> Address.parse(one.withoutOnlyPort() + ":" + port.get()));
    }

    private static Optional<String> part(Optional<String> raw) {
        return filled(raw.map(UriQuery::decode));
    }

    private static Optional<String> filled(Optional<String> text) {
        return text.filter(value -> !value.isEmpty());
    }

    /** The value of the parameter with this name in the driver. */
    Optional<String> parameter(String name) {
        return filled(query.value(name));
    }

    /** The path in the parameter with this name. */
    Optional<Path> path(String name) {
        return parameter(name).map(Path::of);
    }

    /** The whole seconds, at least one, in the parameter with this name. */
    Optional<Duration> seconds(String name) {
        return number(name).filter(number -> number > 0).map(Duration::ofSeconds);
    }

    /** The whole number in the parameter with this name. */
    Optional<Integer> number(String name) {
        return parameter(name).filter(text -> text.matches("\\d{1,9}")).map(Integer::valueOf);
    }

    /** The encryption: {@code sslmode}, or {@code ssl} as the driver and other clients have it. */
    Optional<SslMode> sslMode() {
        return query.value("sslmode").isPresent()
                ? query.value("sslmode").flatMap(SslMode::of)
                : query.value("ssl").flatMap(PostgresUri::ofSsl);
    }

    /** What {@code ssl} means: with {@code true} or no value the driver verifies. */
    static Optional<SslMode> ofSsl(String value) {
        return switch (value) {
            case "", "true" -> Optional.of(SslMode.VERIFY_FULL);
            case "false" -> Optional.of(SslMode.DISABLE);
            default -> SslMode.of(value);
        };
    }

    /** Without user, password and parameters. */
    @Override
    public String toString() {
        return "postgresql://" + address + database.map(name -> "/" + name).orElse("");
    }
}
