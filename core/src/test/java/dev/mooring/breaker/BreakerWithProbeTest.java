package dev.mooring.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.time.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where there is a probe, it convicts and acquits; calls only raise suspicion. */
@Timeout(30)
class BreakerWithProbeTest {
    private final Rig rig = Rig.probed();

    @Test
    void open_at_first_to_closed_without_steps_when_the_first_contact_is_good() {
        assertThat(rig.moves).extracting(BreakerMove::to).containsExactly(BreakerState.CLOSED);
    }

    @Test
    void closed_stays_closed_however_many_calls_fail_and_each_is_a_suspicion() {
        rig.fail(500);
        assertThat(rig.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(rig.suspicions).hasSize(500);
    }

    @Test
    void closed_to_open_by_conviction() {
        rig.convict();
        assertThat(rig.state()).isEqualTo(BreakerState.OPEN);
        assertThatThrownBy(rig.breaker::acquire)
                .hasMessageContaining("after no answer for 10.0 s (connection_refused)");
    }

    @Test
    void open_to_recovering_when_a_probe_succeeds_and_calls_are_refused_until_a_pooled_connection_is_verified() {
        rig.convict();
        rig.control.beginRecovery(1);
        assertThat(rig.state()).isEqualTo(BreakerState.RECOVERING);
        assertThat(rig.breaker.view().verified()).isFalse();
        assertThatThrownBy(rig.breaker::acquire).isInstanceOf(DependencyUnavailableException.class);

        rig.control.verified();
        assertThat(rig.breaker.tryAcquire()).isNotNull();
    }

    @Test
    void recovering_grows_by_time_too_so_that_slow_calls_do_not_hold_it_up() {
        recovering();
        assertThat(admitted()).isEqualTo(1);
        step();
        assertThat(admitted()).isEqualTo(1);
        step();
        assertThat(admitted()).isEqualTo(2);
        step();
        assertThat(admitted()).isEqualTo(4);
    }

    @Test
    void recovering_to_closed_by_probes_alone_when_the_service_is_idle() {
        recovering();
        for (int i = 0; i < 3; i++) {
            rig.control.probeSucceeded();
        }
        assertThat(rig.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void recovering_stays_when_calls_fail_because_only_a_failed_probe_convicts() {
        recovering();
        rig.fail(50);
        assertThat(rig.state()).isEqualTo(BreakerState.RECOVERING);
        assertThat(rig.suspicions).hasSize(50);

        rig.convict();
        assertThat(rig.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void open_that_fell_during_its_recovery_asks_for_more_probes_before_the_next() {
        recovering();
        rig.convict();
        rig.control.beginRecovery(2);
        assertThat(rig.state()).isEqualTo(BreakerState.OPEN);
        rig.control.beginRecovery(3);
        assertThat(rig.state()).isEqualTo(BreakerState.RECOVERING);
    }

    @Test
    void recovering_makes_the_rest_wait_and_admits_it_when_the_breaker_closes() {
        recovering();
        Permit first = rig.breaker.acquire();
        ExecutorService callers = Executors.newFixedThreadPool(1);
        try {
            CompletableFuture<Permit> second = CompletableFuture.supplyAsync(rig.breaker::acquire, callers);
            assertThat(second).isNotDone();
            for (int i = 0; i < 3; i++) {
                rig.control.probeSucceeded();
            }
            await().until(second::isDone);
            assertThat(second.join()).isInstanceOf(Closed.class);
            first.success();
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void recovering_refuses_who_waited_for_his_whole_deadline() {
        recovering();
        Permit first = rig.breaker.acquire();
        try (Deadline.Scope scope = Deadline.in(Duration.ZERO, rig.time).open()) {
            assertThatThrownBy(rig.breaker::acquire).isInstanceOf(DependencyUnavailableException.class);
        }
        first.ignore();
        assertThat(rig.breaker.tryAcquire()).isNotNull();
    }

    @Test
    void recovering_refuses_who_is_interrupted_and_leaves_the_flag_set() {
        recovering();
        Permit first = rig.breaker.acquire();
        Thread.currentThread().interrupt();
        assertThatThrownBy(rig.breaker::acquire).isInstanceOf(DependencyUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
        first.ignore();
    }

    @Test
    void success_while_suspected_is_a_veto_and_else_is_not_noted() {
        rig.succeed(10);
        assertThat(rig.control.lastVeto()).isEmpty();
        rig.control.suspect();
        rig.succeed(1);
        assertThat(rig.control.lastVeto()).contains(rig.time.nanos());
    }

    @Test
    void calls_before_supervision_are_the_callers_mistake() {
        BreakerControl unattached =
                BreakerControl.of("ranking", new BreakerSettings(), true, 8, Duration.ofSeconds(2), rig.time, rig);
        assertThatThrownBy(() -> unattached.breaker().acquire())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Mooring.supervise");
    }

    @Test
    void calls_after_supervision_are_refused() {
        rig.control.detach();
        assertThatThrownBy(rig.breaker::acquire).hasMessageContaining("supervision ended");
    }

    private void recovering() {
        rig.convict();
        rig.control.beginRecovery(1);
        rig.control.verified();
    }

    private void step() {
        rig.clock.advance(Duration.ofMillis(250));
        rig.control.tick(rig.time.nanos());
    }

    private int admitted() {
        int count = 0;
        while (rig.breaker.tryAcquire() != null) {
            count++;
        }
        return count;
    }
}
