package dev.mooring.postgres.settings;

import dev.mooring.settings.SecretSource;
import java.util.Optional;

/**
 * The user, the password and the database of a log-in. Immutable; the methods with an argument give a changed copy.
 *
 * @param user the user, default {@code postgres}
 * @param password the source of the password, which each log-in asks again; empty when the server wants none
 * @param database the database's name
 * @param fallback the database to use while the first does not exist; empty by default
 * @param applicationName the name under which the server shows the connections; at most 63 characters, default {@code mooring}
 * @param requireAuth the ways to log in that the server may ask for, as libpq's {@code require_auth}; empty by default, which means any way
 *     where every connection is encrypted, and elsewhere none that lets the password be read ({@code !password,!md5})
 */
public record Login(
        String user,
        Optional<SecretSource> password,
        String database,
        Optional<String> fallback,
        String applicationName,
        Optional<String> requireAuth) {
    public Login {
        requireText("user", user);
        requireText("database", database);
    }

    /** The same with another user and password. */
    public Login user(String name, SecretSource secret) {
        return new Login(name, Optional.of(secret), database, fallback, applicationName, requireAuth);
    }

    /** The same with a database to use while the first does not exist. */
    public Login fallback(String name) {
        return new Login(user, password, database, Optional.of(name), applicationName, requireAuth);
    }

    /** The same with another name in the server's own views. */
    public Login applicationName(String name) {
        return new Login(user, password, database, fallback, name, requireAuth);
    }

    /** The same, but the server may only ask for these ways to log in, for example {@code scram-sha-256}. */
    public Login requireAuth(String methods) {
        return new Login(user, password, database, fallback, applicationName, Optional.of(methods));
    }

    /** The ways to log in that count with this encryption. */
    public String requiredAuth(SslMode mode) {
        return requireAuth.orElseGet(() -> RequiredAuth.byDefault(mode));
    }

    private static void requireText(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank");
        }
    }
}
