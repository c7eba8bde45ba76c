package dev.mooring.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.breaker.BreakerState;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.DependencyHealth;
import dev.mooring.health.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final Instant DOWN = Instant.parse("2026-01-01T00:00:04.998Z");

    @Test
    void failureThatIsReadAMomentLater_hasTheTimeOfTheStatus() {
        assertThat(reasons(Instant.parse("2026-01-01T00:00:05.001Z")))
                .containsExactly("database: connection_refused since 2026-01-01T00:00:04Z");
    }

    @Test
    void kindThatChangesLater_hasATimeOfItsOwn() {
        assertThat(reasons(Instant.parse("2026-01-01T00:00:07Z")))
                .containsExactly("database: connection_refused since 2026-01-01T00:00:07Z");
    }

    private static List<String> reasons(Instant failingSince) {
        DependencyHealth down = new DependencyHealth(
                "database",
                true,
                Status.DOWN,
                DOWN,
                BreakerState.OPEN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Failure(FailureKind.CONNECTION_REFUSED, "refused", failingSince)),
                Optional.of(failingSince),
                Optional.empty(),
                List.of());
        return Reports.of(DOWN, List.of(down), Optional.empty(), false).reasons();
    }
}
