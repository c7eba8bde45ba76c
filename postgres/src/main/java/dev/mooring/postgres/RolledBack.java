package dev.mooring.postgres;

import dev.mooring.failure.FailureClassifier;
import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Tells failures after which the server has certainly rolled the transaction back, and after which the same work can succeed at once: a
 * serialization failure, a deadlock, a statement whose prepared plan a migration made stale.
 */
final class RolledBack {
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");
    private static final String NOT_SUPPORTED = "0A000";
    /** The function of the server that refuses a stale plan. The server names it in every language. */
    private static final String PLAN_CHECK = "RevalidateCachedQuery";

    private RolledBack() {}

    /** Whether the server rolled the transaction back because of such a failure, so that nothing was written. */
    static boolean byPassingConflict(Throwable error) {
        return FailureClassifier.causes(error).stream()
                .anyMatch(cause -> cause instanceof SQLException sql
                        && (CONFLICTS.contains(String.valueOf(sql.getSQLState())) || isStalePlan(sql)));
    }

    /**
     * Whether the columns of a prepared statement's result changed after the server had planned it. The driver plans it anew the next
     * time.
     */
    static boolean isStalePlan(SQLException error) {
        if (!NOT_SUPPORTED.equals(error.getSQLState()) || !(error instanceof PSQLException answered)) {
            return false;
        }
        ServerErrorMessage message = answered.getServerErrorMessage();
        return message != null && PLAN_CHECK.equals(message.getRoutine());
    }
}
