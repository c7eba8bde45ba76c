package dev.mooring.postgres.connect;

import dev.mooring.postgres.settings.SslMode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLException;

/**
 * How log-ins are encrypted.
 *
 * @param mode whether, and how much of the server's certificate counts
 * @param authorities file of the authorities that may sign it; empty for those of the JDK
 */
public record TlsWish(SslMode mode, Optional<Path> authorities) {
    /** As the driver reads it from the properties of a log-in. */
    static TlsWish of(Properties properties) {
        SslMode mode;
        try {
            mode = SslMode.valueOf(org.postgresql.jdbc.SslMode.of(properties).name());
        } catch (PSQLException unreadable) {
            mode = SslMode.PREFER;
        }
        return new TlsWish(
                mode,
                Optional.ofNullable(PGProperty.SSL_ROOT_CERT.getOrDefault(properties))
                        .map(Path::of));
    }
}
