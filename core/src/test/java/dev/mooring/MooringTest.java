package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.health.Status;
import dev.mooring.probe.ProbeAnswer;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MooringTest {
    @Test
    void dependency_that_comes_and_goes_is_told_and_refused_and_comes_back() throws Exception {
        AtomicBoolean well = new AtomicBoolean();
        Dependency backend = Dependency.named("backend")
                .probe(attempt -> {
                    if (!well.get()) {
                        throw new ConnectException("Connection refused");
                    }
                    return ProbeAnswer.well();
                })
                .build();
        try (Mooring mooring = Mooring.supervise(backend)) {
            await().until(() -> mooring.health()
                    .error()
                    .filter("connection_refused"::equals)
                    .isPresent());
            assertThatThrownBy(() -> backend.call(() -> 1).get())
                    .isInstanceOf(DependencyUnavailableException.class)
                    .hasMessageContaining("backend is not available");
            well.set(true);
            assertThat(mooring.awaitCritical(Duration.ofSeconds(3))).isTrue();
            await().until(() ->
                    mooring.health().dependency("backend").orElseThrow().status() == Status.UP);
            assertThat(backend.call(() -> 1).get()).isOne();
            well.set(false);
            await().until(() -> !mooring.health().ready());
            well.set(true);
            await().until(() ->
                    mooring.health().dependency("backend").orElseThrow().status() == Status.UP);
            assertThat(backend.call(() -> 2).orElse(() -> 3)).isEqualTo(2);
        }
    }

    @Test
    void start_task_without_a_probe_is_refused_because_it_would_never_run() {
        assertThatThrownBy(() -> Dependency.named("ranking")
                        .startTask("warm-up", () -> {})
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("ranking has a start task and no probe");
    }
}
