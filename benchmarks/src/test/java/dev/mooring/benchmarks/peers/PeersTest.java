package dev.mooring.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.failsafe.CircuitBreaker;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.OperatorAct;
import dev.mooring.breaker.Permit;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each row of docs/explanation/peers.md: what Failsafe 3.3.2 and resilience4j 2.3.0 do, and what we do in the same situation. */
@Timeout(30)
class PeersTest {
    private static final Duration DELAY = Duration.ofMillis(20);

    private final RuntimeException refused = new RuntimeException("Connection refused");
    private final CircuitBreaker<Object> failsafe = CircuitBreaker.builder()
            .withFailureThreshold(2)
            .withSuccessThreshold(3)
            .withDelay(DELAY)
            .build();
    private final io.github.resilience4j.circuitbreaker.CircuitBreaker resilience4j =
            io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                    "backend",
                    CircuitBreakerConfig.custom()
                            .slidingWindowSize(2)
                            .minimumNumberOfCalls(2)
                            .permittedNumberOfCallsInHalfOpenState(3)
                            .waitDurationInOpenState(DELAY)
                            .build());
    private final OurBreaker ours = new OurBreaker();

    @Test
    void late_outcome_opens_failsafe_again() {
        failsafe.acquirePermit();
        failsafeHalfOpen();
        failsafe.recordFailure(); // of a call that began long ago, while the first trial call still runs
        assertThat(failsafe.getState()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void late_outcomes_open_resilience4j_again() {
        for (int i = 0; i < 3; i++) {
            resilience4j.acquirePermission();
        }
        resilience4jHalfOpen();
        for (int i = 0; i < 3; i++) {
            resilience4j.onError(1, TimeUnit.SECONDS, refused); // of the calls that began long ago
        }
        assertThat(resilience4j.getState()).isEqualTo(State.OPEN);
    }

    @Test
    void late_outcomes_are_counted_by_mooring_and_move_nothing() {
        Permit late = ours.breaker().acquire();
        ours.openAndPause();
        ours.breaker().acquire();
        for (int i = 0; i < 3; i++) {
            late.failure(ours.failure());
        }
        assertThat(ours.state()).isEqualTo(BreakerState.RECOVERING);
        assertThat(ours.breaker().counts().failures()).isEqualTo(5 + 3);
    }

    @Test
    void one_failure_during_recovery_refuses_everything_again_in_failsafe() {
        failsafeHalfOpen();
        failsafe.recordSuccess();
        failsafe.acquirePermit();
        failsafe.recordSuccess();
        failsafe.acquirePermit();
        failsafe.recordFailure();
        assertThat(failsafe.getState()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void one_failure_during_recovery_does_not_stop_mooring() {
        ours.openAndPause();
        ours.breaker().acquire().success();
        ours.breaker().acquire().success();
        ours.breaker().acquire().failure(ours.failure());
        assertThat(ours.state()).isEqualTo(BreakerState.RECOVERING);
        ours.breaker().acquire().success();
        assertThat(ours.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void permit_that_is_never_returned_blocks_failsafe_for_ever() {
        failsafeHalfOpen();
        while (failsafe.tryAcquirePermit()) {
            // taken and never returned
        }
        await().during(DELAY.multipliedBy(5)).until(() -> !failsafe.tryAcquirePermit());
        assertThat(failsafe.getState()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
    }

    @Test
    void permit_that_is_never_returned_blocks_resilience4j_for_ever() {
        resilience4jHalfOpen();
        while (resilience4j.tryAcquirePermission()) {
            // taken and never returned
        }
        await().during(DELAY.multipliedBy(5)).until(() -> !resilience4j.tryAcquirePermission());
        assertThat(resilience4j.getState()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void permit_that_is_never_returned_frees_its_place_in_mooring_after_thirty_seconds() {
        ours.openAndPause();
        ours.breaker().acquire();
        assertThat(ours.breaker().tryAcquire()).isNull();
        ours.pass(Duration.ofSeconds(30));
        assertThat(ours.breaker().tryAcquire()).isNotNull();
    }

    @Test
    void failsafe_forgets_that_somebody_opened_it() {
        failsafe.open();
        await().until(failsafe::tryAcquirePermit);
        assertThat(failsafe.getState()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
    }

    @Test
    void resilience4j_stays_forced_open_and_cannot_say_by_whom_or_why() {
        resilience4j.transitionToForcedOpenState();
        assertThatThrownBy(resilience4j::acquirePermission)
                .isInstanceOf(CallNotPermittedException.class)
                .hasMessage("CircuitBreaker 'backend' is FORCED_OPEN and does not permit further calls");
    }

    @Test
    void mooring_says_who_forced_it_open_and_why_and_ends_it_by_itself() {
        ours.control().operator().open(new OperatorAct("night shift", "upgrade to 3.16", Duration.ofMinutes(30)));
        assertThatThrownBy(() -> ours.breaker().acquire())
                .hasMessageContaining("night shift")
                .hasMessageContaining("upgrade to 3.16")
                .hasMessageContaining("the order ends at ");
        ours.pass(Duration.ofMinutes(29));
        assertThat(ours.state()).isEqualTo(BreakerState.FORCED_OPEN);
        ours.pass(Duration.ofMinutes(2));
        assertThat(ours.state()).isNotEqualTo(BreakerState.FORCED_OPEN);
    }

    @Test
    void refusals_of_the_peers_do_not_say_when_to_try_again() {
        CircuitBreaker<Object> openFailsafe = CircuitBreaker.ofDefaults();
        openFailsafe.open();
        assertThatThrownBy(openFailsafe::acquirePermit).hasMessage(null);

        var openResilience4j = io.github.resilience4j.circuitbreaker.CircuitBreaker.ofDefaults("backend");
        openResilience4j.transitionToOpenState();
        assertThatThrownBy(openResilience4j::acquirePermission)
                .hasMessage("CircuitBreaker 'backend' is OPEN and does not permit further calls");
    }

    @Test
    void refusal_of_mooring_says_what_happened_and_when_to_try_again() {
        ours.open();
        assertThatThrownBy(() -> ours.breaker().acquire())
                .hasMessageMatching(
                        "backend is not available: its circuit breaker is open since .* after 5 failures in a row "
                                + "\\(connection_refused\\); next attempt in [456]\\.\\d s\\.");
    }

    /** Half open, with one trial call that has not returned. */
    private void failsafeHalfOpen() {
        failsafe.recordFailure();
        failsafe.recordFailure();
        assertThat(failsafe.isOpen()).isTrue();
        await().until(failsafe::tryAcquirePermit);
        assertThat(failsafe.isHalfOpen()).isTrue();
    }

    private void resilience4jHalfOpen() {
        resilience4j.onError(1, TimeUnit.SECONDS, refused);
        resilience4j.onError(1, TimeUnit.SECONDS, refused);
        assertThat(resilience4j.getState()).isEqualTo(State.OPEN);
        resilience4j.transitionToHalfOpenState();
    }
}
