package dev.mooring.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class OperatorActTest {
    private final Rig rig = Rig.unprobed(new BreakerSettings());
    private final OperatorAct upgrade = new OperatorAct("night shift", "upgrade to 3.16", Duration.ofMinutes(30));

    @Test
    void any_to_forced_open_refuses_and_says_who_and_why() {
        rig.control.operator().open(upgrade);
        Instant end = rig.time.now().plus(Duration.ofMinutes(30)).truncatedTo(ChronoUnit.SECONDS);
        assertThatThrownBy(rig.breaker::acquire)
                .hasMessageContaining("forced open by night shift (\"upgrade to 3.16\") since ")
                .message()
                .endsWith("; the order ends at " + end + ".")
                .doesNotContain("next attempt");
        assertThat(rig.breaker.view().forced()).contains(upgrade);
    }

    @Test
    void forced_open_asks_its_callers_again_within_a_minute_because_the_order_can_end_early() {
        rig.control.operator().open(upgrade);
        assertThat(rig.breaker.view().retryAfter()).contains(Duration.ofMinutes(30));
        assertThat(refusedFor()).isEqualTo(Duration.ofSeconds(60));
        rig.clock.advance(Duration.ofSeconds(1790));
        assertThat(refusedFor()).isEqualTo(Duration.ofSeconds(10));
    }

    private Duration refusedFor() {
        return catchThrowableOfType(DependencyUnavailableException.class, rig.breaker::acquire)
                .retryAfter();
    }

    @Test
    void forced_open_is_not_moved_by_evidence() {
        Permit before = rig.breaker.acquire();
        rig.control.operator().open(upgrade);
        before.success();
        rig.control.beginRecovery(100);
        rig.control.verified();
        rig.convict();
        assertThat(rig.state()).isEqualTo(BreakerState.FORCED_OPEN);
    }

    @Test
    void forced_open_to_trial_calls_when_it_expires() {
        rig.control.operator().open(upgrade);
        rig.clock.advance(Duration.ofMinutes(29));
        rig.control.tick(rig.time.nanos());
        assertThat(rig.state()).isEqualTo(BreakerState.FORCED_OPEN);
        rig.clock.advance(Duration.ofMinutes(2));
        rig.control.tick(rig.time.nanos());
        assertThat(rig.moves.get(1).cause()).isEqualTo(TransitionCause.EXPIRED);
        rig.pauseOver();
        rig.succeed(3);
        assertThat(rig.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void bypassed_admits_all_and_still_measures() {
        rig.control.operator().bypass(upgrade);
        rig.fail(100);
        rig.succeed(7);
        rig.breaker.tryAcquire();
        assertThat(rig.state()).isEqualTo(BreakerState.BYPASSED);
        assertThat(rig.breaker.counts().failures()).isEqualTo(100);
        assertThat(rig.breaker.counts().succeeded()).isEqualTo(7);
    }

    @Test
    void open_to_closed_by_close_remembers_the_recoveries_that_failed() {
        fallAgainInRecovery();
        rig.control.operator().close();
        assertThat(rig.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(rig.moves.get(rig.moves.size() - 1).cause()).isEqualTo(TransitionCause.OPERATOR);
        assertThat(rig.breaker.state().failedRecoveries()).isEqualTo(1);
        rig.succeed(1);
    }

    @Test
    void open_to_closed_by_reset_forgets_the_recoveries_that_failed() {
        fallAgainInRecovery();
        rig.control.operator().reset();
        assertThat(rig.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(rig.breaker.state().failedRecoveries()).isZero();
        rig.succeed(1);
    }

    @Test
    void forced_open_to_closed_by_close() {
        rig.control.operator().open(upgrade);
        rig.control.operator().close();
        assertThat(rig.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(rig.breaker.view().forced()).isEmpty();
    }

    private void fallAgainInRecovery() {
        rig.fail(5);
        rig.pauseOver();
        rig.fail(2);
        assertThat(rig.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void act_without_reason_or_end_is_refused() {
        assertThatThrownBy(() -> new OperatorAct("ops", " ", Duration.ofMinutes(1)))
                .hasMessageContaining("reason");
        assertThatThrownBy(() -> new OperatorAct("ops", "why", Duration.ofDays(31)))
                .hasMessageContaining("30 days");
    }
}
