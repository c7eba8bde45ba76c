package dev.mooring.spring.postgres;

import java.security.Security;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns where this JVM keeps addresses so long that a database which moves would be looked for at its old place. */
final class DnsCache {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.spring.postgres");
    private static final Duration MOST = Duration.ofSeconds(60);

    private DnsCache() {}

    static void warnIfItPins() {
        pinned(Security.getProperty("networkaddress.cache.ttl"))
                .ifPresent(kept -> LOG.warn(
                        "This JVM keeps resolved addresses {} (security property networkaddress.cache.ttl); after a"
                                + " failover the database is looked for at its old address for as long. Set it to 5.",
                        kept));
    }

    /** For how long, in words, when that is too long; the property is in seconds, negative means for ever. */
    static Optional<String> pinned(@Nullable String property) {
        try {
            long seconds = property == null ? 0 : Long.parseLong(property.strip());
            if (seconds < 0) {
                return Optional.of("for ever");
            }
            return seconds > MOST.toSeconds() ? Optional.of("for " + seconds + " s") : Optional.empty();
        } catch (NumberFormatException notSeconds) {
            return Optional.empty();
        }
    }
}
