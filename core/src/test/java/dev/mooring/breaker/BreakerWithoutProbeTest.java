package dev.mooring.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.failure.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where there is no probe, outcomes of calls and pauses move the breaker. Each test is named after a transition or its absence. */
class BreakerWithoutProbeTest {
    private final Rig rig = Rig.unprobed(new BreakerSettings());

    @Test
    void closed_to_open_after_five_failures_in_a_row() {
        rig.fail(4);
        assertThat(rig.state()).isEqualTo(BreakerState.CLOSED);
        rig.fail(1);
        assertThat(rig.state()).isEqualTo(BreakerState.OPEN);
        assertThat(rig.moves.get(0).cause()).isEqualTo(TransitionCause.CONSECUTIVE_FAILURES);
    }

    @Test
    void closed_stays_closed_when_a_success_comes_between_failures() {
        for (int i = 0; i < 10; i++) {
            rig.fail(4);
            rig.succeed(1);
        }
        assertThat(rig.moves).isEmpty();
    }

    @Test
    void closed_stays_closed_when_calls_say_nothing_about_the_dependency() {
        for (int i = 0; i < 100; i++) {
            rig.breaker.acquire().ignore();
        }
        assertThat(rig.moves).isEmpty();
        assertThat(rig.breaker.counts().ignored()).isEqualTo(100);
    }

    @Test
    void closed_to_open_when_the_failure_rate_is_reached_in_a_full_window() {
        Rig rated = Rig.unprobed(new BreakerSettings().failures(1_000).failureRate(0.5, 10));
        for (int i = 0; i < 4; i++) {
            rated.succeed(1);
            rated.fail(1);
        }
        rated.succeed(1);
        assertThat(rated.state()).isEqualTo(BreakerState.CLOSED);
        rated.fail(1);
        assertThat(rated.state()).isEqualTo(BreakerState.OPEN);
        assertThat(rated.moves.get(0).cause()).isEqualTo(TransitionCause.FAILURE_RATE);
    }

    @Test
    void closed_stays_closed_when_old_failures_have_left_the_window() {
        Rig rated = Rig.unprobed(new BreakerSettings().failures(1_000).failureRate(0.5, 10));
        for (int round = 0; round < 20; round++) {
            rated.fail(4);
            rated.succeed(6);
        }
        assertThat(rated.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void open_refuses_at_once_and_says_who_why_since_when_and_how_long() {
        rig.fail(5);

        assertThatThrownBy(rig.breaker::acquire)
                .isInstanceOfSatisfying(DependencyUnavailableException.class, refused -> {
                    assertThat(refused.dependency()).isEqualTo("ranking");
                    assertThat(refused.state()).isEqualTo(BreakerState.OPEN);
                    assertThat(refused.lastFailure().orElseThrow().kind()).isEqualTo(FailureKind.CONNECTION_REFUSED);
                    assertThat(refused.retryAfter()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
                    assertThat(refused.since()).isEqualTo(rig.time.now());
                    assertThat(refused.getStackTrace()).isEmpty();
                })
                .hasMessageMatching(
                        "ranking is not available: its circuit breaker is open since \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"
                                + " after 5 failures in a row \\(connection_refused\\); next attempt in \\d\\.\\d s\\.");
        assertThat(rig.breaker.tryAcquire()).isNull();
        assertThat(rig.breaker.counts().refused()).isEqualTo(2);
    }

    @Test
    void open_to_recovering_when_the_pause_is_over_and_not_before() {
        rig.fail(5);
        rig.clock.advance(Duration.ofSeconds(3));
        rig.control.tick(rig.time.nanos());
        assertThat(rig.state()).isEqualTo(BreakerState.OPEN);

        rig.pauseOver();
        assertThat(rig.state()).isEqualTo(BreakerState.RECOVERING);
        assertThat(rig.moves.get(1).cause()).isEqualTo(TransitionCause.PAUSE_OVER);
    }

    @Test
    void permit_returned_after_its_lease_is_counted_and_moves_nothing() {
        rig.openAndPause();
        Permit late = rig.breaker.tryAcquire();
        rig.clock.advance(Duration.ofSeconds(30));
        rig.control.tick(rig.time.nanos());
        rig.breaker.tryAcquire();
        late.success();
        late.success();
        assertThat(rig.breaker.counts().succeeded()).isOne();
        assertThat(rig.breaker.tryAcquire())
                .as("its place was taken by another call")
                .isNull();
    }

    @Test
    void recovering_lets_one_trial_in_then_a_quarter_and_refuses_the_rest() {
        rig.openAndPause();
        Permit trial = rig.breaker.acquire();
        assertThat(rig.breaker.tryAcquire()).isNull();
        assertThatThrownBy(rig.breaker::acquire).isInstanceOf(DependencyUnavailableException.class);

        trial.success();
        assertThat(rig.breaker.tryAcquire()).isNotNull();
        assertThat(rig.breaker.tryAcquire()).isNotNull();
        assertThat(rig.breaker.tryAcquire()).isNull();
    }

    @Test
    void recovering_to_closed_after_three_successes() {
        rig.openAndPause();
        rig.succeed(2);
        assertThat(rig.state()).isEqualTo(BreakerState.RECOVERING);
        rig.succeed(1);
        assertThat(rig.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(rig.moves.get(2).cause()).isEqualTo(TransitionCause.ENOUGH_SUCCESSES);
    }

    @Test
    void recovering_stays_when_one_trial_fails_and_opens_on_the_second() {
        rig.openAndPause();
        rig.fail(1);
        assertThat(rig.state()).isEqualTo(BreakerState.RECOVERING);
        rig.fail(1);
        assertThat(rig.state()).isEqualTo(BreakerState.OPEN);
        assertThat(rig.moves.get(2).cause()).isEqualTo(TransitionCause.RECOVERY_FAILED);
    }

    @Test
    void recovering_asks_for_two_more_successes_after_each_failed_recovery_and_never_for_more_than_nine() {
        List<Integer> needed = new ArrayList<>();
        rig.openAndPause();
        for (int failedRecoveries = 1; failedRecoveries <= 5; failedRecoveries++) {
            rig.fail(2);
            rig.pauseOver();
            needed.add(rig.breaker.settings().successesAfter(failedRecoveries));
        }
        assertThat(needed).containsExactly(5, 7, 9, 9, 9);
        rig.succeed(8);
        assertThat(rig.state()).isEqualTo(BreakerState.RECOVERING);
        rig.succeed(1);
        assertThat(rig.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void pauses_grow_after_three_failed_recoveries_and_never_above_the_recovery_timeout() {
        List<Duration> pauses = new ArrayList<>();
        rig.fail(5);
        for (int i = 0; i < 12; i++) {
            pauses.add(rig.breaker.view().retryAfter().orElseThrow());
            rig.pauseOver();
            rig.fail(2);
        }
        assertThat(pauses.subList(0, 4))
                .allSatisfy(p -> assertThat(p).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6)));
        assertThat(pauses.get(5)).isGreaterThan(Duration.ofSeconds(12));
        assertThat(pauses).allSatisfy(p -> assertThat(p).isLessThanOrEqualTo(Duration.ofSeconds(60)));
        assertThat(pauses.get(11)).isGreaterThanOrEqualTo(Duration.ofSeconds(48));
    }

    @Test
    void closed_that_opens_again_soon_counts_as_a_failed_recovery_and_later_does_not() {
        rig.openAndPause();
        rig.succeed(3);
        rig.openAndPause();
        rig.succeed(4);
        assertThat(rig.state()).as("five are asked for").isEqualTo(BreakerState.RECOVERING);
        rig.succeed(1);

        rig.clock.advance(Duration.ofSeconds(61));
        rig.openAndPause();
        rig.succeed(3);
        assertThat(rig.state()).as("three are enough again").isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void late_outcome_of_a_generation_that_is_over_is_counted_and_not_obeyed() {
        Permit late = rig.breaker.acquire();
        rig.openAndPause();
        rig.succeed(3);
        int before = rig.moves.size();
        for (int i = 0; i < 100; i++) {
            late.failure(rig.failure());
        }
        assertThat(rig.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(rig.moves).hasSize(before);
        assertThat(rig.breaker.counts().failures()).isEqualTo(105);
    }

    @Test
    void trial_permit_that_is_never_returned_frees_its_place_after_thirty_seconds_and_counts_as_nothing() {
        rig.openAndPause();
        Permit lost = rig.breaker.acquire();
        assertThat(rig.breaker.tryAcquire()).isNull();
        rig.clock.advance(Duration.ofSeconds(31));
        rig.control.tick(rig.time.nanos());

        Permit next = rig.breaker.acquire();
        lost.failure(rig.failure());
        lost.success();
        assertThat(rig.breaker.tryAcquire())
                .as("the lost permit freed one place only")
                .isNull();
        next.success();
        assertThat(rig.state()).isEqualTo(BreakerState.RECOVERING);
    }

    @Test
    void trial_permit_that_is_returned_twice_counts_once() {
        rig.openAndPause();
        Permit trial = rig.breaker.acquire();
        trial.success();
        trial.success();
        trial.success();
        assertThat(rig.state()).isEqualTo(BreakerState.RECOVERING);
        trial.failure(rig.failure());
        assertThat(rig.state()).isEqualTo(BreakerState.RECOVERING);
    }

    @Test
    void time_in_states_adds_up() {
        rig.clock.advance(Duration.ofSeconds(7));
        rig.openAndPause();
        rig.succeed(3);
        rig.clock.advance(Duration.ofSeconds(5));

        Duration sum = rig.breaker.timeInStates().values().stream().reduce(Duration.ZERO, Duration::plus);
        Duration all = Duration.between(dev.mooring.testing.time.ManualTime.START, rig.time.now());
        assertThat(sum).isEqualTo(all);
        assertThat(rig.breaker.timeInStates().get(BreakerState.CLOSED)).isEqualTo(Duration.ofSeconds(12));
    }
}
