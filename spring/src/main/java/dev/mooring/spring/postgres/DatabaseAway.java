package dev.mooring.spring.postgres;

import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.postgres.Postgres;
import java.util.EnumSet;
import java.util.Set;

/** Tells whether work failed because the database is away, and not by a fault of its own. */
final class DatabaseAway {
    private static final Set<FailureKind> KINDS = EnumSet.of(
            FailureKind.NAME_NOT_RESOLVED,
            FailureKind.CONNECTION_REFUSED,
            FailureKind.CONNECT_TIMEOUT,
            FailureKind.RESPONSE_TIMEOUT,
            FailureKind.CONNECTION_LOST,
            FailureKind.TOO_MANY_CONNECTIONS,
            FailureKind.STARTING_UP,
            FailureKind.SHUTTING_DOWN);

    private DatabaseAway() {}

    static boolean explains(Throwable failed) {
        return FailureClassifier.causes(failed).stream().anyMatch(DependencyUnavailableException.class::isInstance)
                || Postgres.failures().classify(failed).filter(KINDS::contains).isPresent();
    }
}
