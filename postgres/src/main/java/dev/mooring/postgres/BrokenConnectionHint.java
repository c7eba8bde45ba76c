package dev.mooring.postgres;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Sees every exception of a pooled connection, also those of a result set. An exception here only asks for a probe; it is never evidence,
 * because this class sees no success.
 */
final class BrokenConnectionHint implements SQLExceptionOverride {
    private static final String NOT_SUPPORTED = "0A000";

    private final Runnable tell;
    private final Optional<SQLExceptionOverride> application;

    /**
     * {@code tell} runs on the caller's thread and must not block. {@code application} decides which exceptions close a connection, where the
     * application has configured that itself.
     */
    BrokenConnectionHint(Runnable tell, Optional<SQLExceptionOverride> application) {
        this.tell = tell;
        this.application = application;
    }

    /**
     * Keeps the connection after 0A000 (not supported), for which HikariCP would close it: PostgreSQL only refuses the statement. A closed
     * connection would hide that error behind one of its own. What the application decides, wins.
     */
    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException error) {
        String state = error.getSQLState();
        if (state != null && (state.startsWith("08") || state.startsWith("57P"))) {
            tell.run();
        }
        if (application.isPresent()) {
            return application.get().adjudicate(error);
        }
        return NOT_SUPPORTED.equals(state)
                ? SQLExceptionOverride.Override.DO_NOT_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
