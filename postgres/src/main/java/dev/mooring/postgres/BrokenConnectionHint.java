package dev.mooring.postgres;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Sees every exception of a pooled connection, also those of a result set. An exception here only asks for a probe; it is never evidence,
 * because this class sees no success.
 */
final class BrokenConnectionHint implements SQLExceptionOverride {
    private static final String NOT_SUPPORTED = "0A000";

    private final Runnable tell;

    /** {@code tell} runs on the caller's thread and must not block. */
    BrokenConnectionHint(Runnable tell) {
        this.tell = tell;
    }

    /**
     * Keeps the connection after 0A000 (not supported), for which HikariCP would close it: PostgreSQL only refuses the statement. A closed
     * connection would hide that error behind one of its own.
     */
    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException error) {
        String state = error.getSQLState();
        if (NOT_SUPPORTED.equals(state)) {
            return SQLExceptionOverride.Override.DO_NOT_EVICT;
        }
        if (state != null && (state.startsWith("08") || state.startsWith("57P"))) {
            tell.run();
        }
        return SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
