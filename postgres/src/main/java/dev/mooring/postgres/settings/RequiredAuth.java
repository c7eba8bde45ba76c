package dev.mooring.postgres.settings;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The ways to log in that this process takes part in, in the words of libpq's {@code require_auth}. */
final class RequiredAuth {
    /** Every way. */
    static final String ANY = "any";
    /** Excludes a password in clear text, and its MD5 digest, from which a listener finds a weak one. */
    static final String NO_READABLE_PASSWORD = "!password,!md5";

    static final String WORDS =
            "any, or a list of none, password, md5, scram-sha-256, gss, sspi, all or none of them with an"
                    + " exclamation mark before it";

    private static final Set<String> METHODS = Set.of("none", "password", "md5", "scram-sha-256", "gss", "sspi");

    private RequiredAuth() {}

    static boolean accepted(String text) {
        List<String> all = Stream.of(text.split(",", -1)).map(String::strip).toList();
        long excluded = all.stream().filter(one -> one.startsWith("!")).count();
        boolean oneKind = excluded == 0 || excluded == all.size();
        boolean known = all.stream().allMatch(one -> METHODS.contains(one.replaceFirst("^!", "")));
        boolean once = all.stream().distinct().count() == all.size();
        return text.equals(ANY) || (oneKind && known && once);
    }

    /** The default: any where every connection is encrypted. */
    static String byDefault(SslMode mode) {
        return mode.encrypts() ? ANY : NO_READABLE_PASSWORD;
    }
}
