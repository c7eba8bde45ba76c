package dev.mooring.registry.models;

import dev.mooring.failure.FailureClassifier;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells a registration whose time ended while it waited for another one with the same idempotency key: the other one has inserted its row and
 * has not committed it.
 */
final class KeyInUse {
    /** A statement or a wait for a lock whose time was over. */
    private static final Set<String> TIMEOUTS = Set.of("57014", "55P03");
    /** The server says in which table the statement waited for the end of another transaction. The name is the same in every language. */
    private static final Pattern TABLE = Pattern.compile("\\bregistration\\b");

    private KeyInUse() {}

    /** Whether {@code error} says so. */
    static boolean isBehind(Throwable error) {
        return FailureClassifier.causes(error).stream()
                .anyMatch(cause -> cause instanceof SQLException sql
                        && TIMEOUTS.contains(String.valueOf(sql.getSQLState()))
                        && TABLE.matcher(String.valueOf(sql.getMessage())).find());
    }
}
