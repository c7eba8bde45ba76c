package dev.mooring.http;

import dev.mooring.http.settings.Credentials;
import dev.mooring.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The header that identifies this process to the backend. It asks the source of the secret for each request. Thread-safe. */
final class Authorization {
    static final String HEADER = "Authorization";

    private static final Logger LOG = LoggerFactory.getLogger(Authorization.class);

    private final String backend;
    private final Optional<Credentials> credentials;

    /** The last secret that the source gave. Volatile: each call reads and writes it. */
    private volatile @Nullable Secret last;

    Authorization(String backend, Optional<Credentials> credentials) {
        this.backend = backend;
        this.credentials = credentials;
    }

    /** The header's value; empty without credentials, and while the source has not given a secret yet. */
    Optional<String> value() {
        return credentials.flatMap(own -> secret(own).map(secret -> value(own, secret)));
    }

    private static String value(Credentials credentials, Secret secret) {
        if (credentials instanceof Credentials.Basic basic) {
            byte[] both = (basic.user() + ":" + secret.reveal()).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(both);
        }
        return "Bearer " + secret.reveal();
    }

    /** The source may be code of the application. While it fails, the last secret stays in force. */
    private Optional<Secret> secret(Credentials own) {
        try {
            last = own.secret().current();
        } catch (RuntimeException unavailable) {
            LOG.warn("{}: the source of its secret failed; the last secret stays in force", backend, unavailable);
        }
        return Optional.ofNullable(last);
    }
}
