package dev.mooring.http.settings;

import dev.mooring.settings.SecretSource;

/** How this process identifies itself to a backend. Each call asks the source of the secret again, so a rotation needs no restart. */
public sealed interface Credentials {
    /** Sends the secret as a bearer token. */
    static Credentials bearer(SecretSource token) {
        return new Bearer(token);
    }

    /** Sends user and secret with the scheme Basic of RFC 7617. */
    static Credentials basic(String user, SecretSource password) {
        return new Basic(user, password);
    }

    /** The source of the secret. */
    SecretSource secret();

    /** A bearer token (RFC 6750). */
    record Bearer(SecretSource secret) implements Credentials {}

    /**
     * User and password.
     *
     * @param user the user; must have no colon, because a colon ends the user in the header
     */
    record Basic(String user, SecretSource secret) implements Credentials {
        public Basic {
            if (user.contains(":")) {
                throw new IllegalArgumentException("a user of the scheme Basic must have no colon, but is " + user);
            }
        }
    }
}
