package dev.mooring.spring.postgres;

import java.security.Security;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns when this JVM caches resolved addresses so long that it would keep connecting to the old address of a database that
 * moved.
 */
final class DnsCache {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.spring.postgres");
    private static final Duration MOST = Duration.ofSeconds(60);

    private DnsCache() {}

    static void warnIfItPins() {
        pinned(Security.getProperty("networkaddress.cache.ttl"))
                .ifPresent(kept -> LOG.warn(
                        "This JVM caches resolved addresses {} (security property networkaddress.cache.ttl). After a failover"
                                + " it connects to the old address of the database for that long. Set the property to 5.",
                        kept));
    }

    /** The time in words if it is too long. The property is in seconds; a negative value means for ever. */
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
