package dev.mooring.redis.settings;

import dev.mooring.settings.Secret;
import dev.mooring.settings.ValueType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of one server as a URI: {@code redis://user:password@host:6379/0}, or {@code rediss://…} with TLS. A user alone is a
 * password in older clients; here {@code redis://:password@host} is one, and {@code redis://password@host} is refused.
 *
 * @param node host and port; 6379 by default
 * @param user the ACL user, if it names one
 * @param password the password, if it holds one
 * @param database the number of the database, if it names one
 * @param tls whether the connection is encrypted
 */
record RedisUri(Node node, Optional<String> user, Optional<Secret> password, Optional<Integer> database, boolean tls) {
    static final ValueType<RedisUri> TYPE = ValueType.of(
                    RedisUri.class,
                    "an address such as redis://user@host:6379/0, or rediss:// with TLS (percent-encode special characters of the"
                            + " password)",
                    RedisUri::parse)
            .showing(ValueType.Visibility.URI);

    /** Redis refuses a number beyond its own setting; this bounds the text. */
    static final int MOST_DATABASES = 1_000;

    private static final Pattern FORM = Pattern.compile(
            "(?<scheme>(?i)rediss?)://(?:(?<user>[^:@/?#]*):(?<password>[^@/?#]*)@)?(?<node>[^@/?#]+)(?:/(?<database>\\d{0,4}))?");

    static Optional<RedisUri> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            Optional<String> user = part(form.group("user"));
            Optional<Secret> password = part(form.group("password")).map(Secret::of);
            Optional<Integer> database = part(form.group("database")).map(Integer::valueOf);
            return Node.parse(form.group("node"), Node.REDIS)
                    .filter(node -> database.orElse(0) < MOST_DATABASES)
                    .map(node -> new RedisUri(
                            node, user, password, database, form.group("scheme").equalsIgnoreCase("rediss")));
        } catch (IllegalArgumentException brokenEscape) {
            return Optional.empty();
        }
    }

    /** A plus sign is itself in this part of a URI. */
    private static Optional<String> part(String raw) {
        return Optional.ofNullable(raw)
                .filter(text -> !text.isEmpty())
                .map(text -> URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return (tls ? "rediss://" : "redis://")
                + node
                + database.map(number -> "/" + number).orElse("");
    }
}
