package dev.mooring.spring.postgres;

import dev.mooring.breaker.BreakerState;
import dev.mooring.postgres.Postgres;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A database that Mooring supervises.
 *
 * @param bean the name of the bean that stands for it: a data source, or a {@code Postgres}
 * @param initializations what Boot's initializers do in it; empty for a {@code Postgres} of the application
 */
record SupervisedDatabase(String bean, Postgres postgres, Optional<Initializations> initializations) {
    private static final Set<BreakerState> REFUSES = Set.of(BreakerState.OPEN, BreakerState.FORCED_OPEN);

    String name() {
        return postgres.dependency().name();
    }

    /** Whether the database cannot be asked at present. Before the first evidence it waits for that, as a caller of the pool does. */
    boolean isAway() {
        try {
            Duration limit = Duration.ofMillis(postgres.dataSource().getConnectionTimeout());
            boolean heard = postgres.dependency().awaitContact(limit);
            return !heard
                    || REFUSES.contains(postgres.dependency().breaker().view().state());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
