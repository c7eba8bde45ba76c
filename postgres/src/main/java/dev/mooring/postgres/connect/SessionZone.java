package dev.mooring.postgres.connect;

import java.sql.SQLException;
import java.util.TimeZone;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time zone that sessions ask for. The driver asks for that of the JVM. A server that does not know its name refuses the log-in; sessions
 * then ask for UTC. Thread-safe.
 */
final class SessionZone {
    private static final Logger LOG = LoggerFactory.getLogger(SessionZone.class);
    private static final String INVALID_PARAMETER_VALUE = "22023";

    private final String dependency;
    /** Whether the server refused the zone of the JVM. Volatile: any log-in writes and reads it. */
    private volatile boolean refused;

    SessionZone(String dependency) {
        this.dependency = dependency;
    }

    boolean isUtc() {
        return refused;
    }

    /** Whether the server refused a log-in because of the zone; from then on sessions ask for UTC. Logs the change once. */
    boolean refusedBy(SQLException error) {
        // The name of the parameter is the same in every language.
        boolean because = INVALID_PARAMETER_VALUE.equals(error.getSQLState())
                && String.valueOf(error.getMessage()).contains("TimeZone");
        if (!because || refused) {
            return false;
        }
        refused = true;
        LOG.atWarn()
                .addKeyValue("dependency", dependency)
                .log(
                        "{}: the server does not know the time zone {} of this JVM; sessions ask for UTC",
                        dependency,
                        TimeZone.getDefault().getID());
        return true;
    }
}
