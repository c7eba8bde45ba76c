package dev.mooring.operations.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.OperatorAct;
import dev.mooring.testing.time.ManualTime;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which of several orders one breaker obeys. */
@Timeout(20)
class ObedienceTest {
    private static final boolean AT_START = true;
    private static final boolean LATER = false;

    private final ManualTime clock = new ManualTime();
    private final Dependency ranking = Dependency.named("ranking").optional().build();
    private final Obedience obedience = new Obedience(ranking, Time.of(clock.wall(), clock.monotonic()));
    private Mooring mooring;

    @BeforeEach
    void supervise() {
        mooring = Mooring.supervise(ranking);
    }

    @AfterEach
    void end() {
        mooring.close();
    }

    @Test
    void recordedOrderToOpen_atStart_isInForceAgainForWhatIsLeft() {
        heard(recordedOrder(1, OrderKind.OPEN, 600, 1_200), AT_START);

        assertThat(state()).isEqualTo(BreakerState.FORCED_OPEN);
        assertThat(inForce()).isEqualTo(new OperatorAct("night shift", "reason 1", Duration.ofMinutes(20)));
    }

    @Test
    void recordedOrderToBypass_atStart_isInForceAgain() {
        heard(recordedOrder(1, OrderKind.BYPASS, 600, 1_200), AT_START);

        assertThat(state()).isEqualTo(BreakerState.BYPASSED);
    }

    @Test
    void recordedOrderToClose_atStart_changesNothing() {
        ranking.operator().open(new OperatorAct("operator", "before", Duration.ofHours(1)));

        heard(recordedOrder(1, OrderKind.CLOSE, 600), AT_START);

        assertThat(state()).isEqualTo(BreakerState.FORCED_OPEN);
    }

    @Test
    void recordedOrderThatExpired_atStart_changesNothing() {
        heard(recordedOrder(1, OrderKind.OPEN, 600, -1), AT_START);

        assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void recordedOrder_heardAgain_isNotObeyedAgain() {
        heard(recordedOrder(1, OrderKind.OPEN, 1, 3_600), LATER);
        ranking.operator().reset();

        heard(recordedOrder(1, OrderKind.OPEN, 3, 3_598), LATER);

        assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void recordedOrder_withALowerNumber_isNotObeyed() {
        obedience.recorded(5, order(OrderKind.BYPASS));

        heard(recordedOrder(4, OrderKind.OPEN, 1, 3_600), LATER);

        assertThat(state()).isEqualTo(BreakerState.BYPASSED);
    }

    @Test
    void closeAndReset_endWhatIsInForce() {
        heard(recordedOrder(1, OrderKind.OPEN, 1, 3_600), LATER);
        heard(recordedOrder(2, OrderKind.CLOSE, 1), LATER);
        assertThat(state()).isEqualTo(BreakerState.CLOSED);

        heard(recordedOrder(3, OrderKind.BYPASS, 1, 3_600), LATER);
        heard(recordedOrder(4, OrderKind.RESET, 1), LATER);
        assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void recordedOrderThatExpired_endsWhatItReplaced() {
        heard(recordedOrder(1, OrderKind.OPEN, 10, 3_600), LATER);

        heard(recordedOrder(2, OrderKind.OPEN, 5, -1), LATER);

        assertThat(inForce().lasts()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void localOrder_isNotUndoneByAnOlderRecordedOrder() {
        clock.advance(Duration.ofMinutes(1));
        obedience.local(order(OrderKind.OPEN), now());
        clock.advance(Duration.ofSeconds(30));

        heard(recordedOrder(7, OrderKind.CLOSE, 40), LATER);
        assertThat(state()).isEqualTo(BreakerState.FORCED_OPEN);

        heard(recordedOrder(7, OrderKind.CLOSE, 42), LATER);
        assertThat(state()).as("read again").isEqualTo(BreakerState.FORCED_OPEN);
    }

    @Test
    void localOrder_isReplacedByAYoungerRecordedOrder_alsoAtStart() {
        obedience.local(order(OrderKind.OPEN), now());
        clock.advance(Duration.ofSeconds(30));

        heard(recordedOrder(7, OrderKind.CLOSE, 20), AT_START);

        assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void localOrder_isNotUndoneByAnOlderRecordedOrder_whoseReadingTakesLong() {
        clock.advance(Duration.ofSeconds(2));
        obedience.local(order(OrderKind.OPEN), now());
        clock.advance(Duration.ofSeconds(30));
        long asked = now();
        clock.advance(Duration.ofSeconds(5));

        // The database measured 31 s when it got the question: one second before the local order, or four after it.
        obedience.heard(recordedOrder(7, OrderKind.CLOSE, 31), asked, LATER);
        assertThat(state()).isEqualTo(BreakerState.FORCED_OPEN);
    }

    @Test
    void recordedOrderThatMayBeTheLater_isObeyedAfterAReadingThatShowsIt() {
        obedience.local(order(OrderKind.OPEN), now());
        clock.advance(Duration.ofSeconds(30));
        long asked = now();
        clock.advance(Duration.ofSeconds(5));
        obedience.heard(recordedOrder(7, OrderKind.CLOSE, 31), asked, LATER);

        heard(recordedOrder(7, OrderKind.CLOSE, 33), LATER);

        assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void localOrder_isAsOldAsItsAttemptToBeRecorded() {
        long given = now();
        clock.advance(Duration.ofSeconds(2));
        obedience.local(order(OrderKind.OPEN), given);

        heard(recordedOrder(7, OrderKind.CLOSE, 1), LATER);

        assertThat(state()).as("the other order came during the attempt").isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void localOrder_isReplacedByTheNextOrderGivenHere() {
        obedience.local(order(OrderKind.OPEN), now());
        obedience.recorded(8, order(OrderKind.CLOSE));
        assertThat(state()).isEqualTo(BreakerState.CLOSED);

        clock.advance(Duration.ofSeconds(5));
        heard(recordedOrder(9, OrderKind.OPEN, 20, 60), LATER);
        assertThat(state()).as("a recorded order counts by its number").isEqualTo(BreakerState.FORCED_OPEN);
    }

    @Test
    void localClose_isNotUndoneByTheRecordedOrderItEnded() {
        heard(recordedOrder(3, OrderKind.OPEN, 1, 3_600), LATER);
        obedience.local(order(OrderKind.CLOSE), now());
        clock.advance(Duration.ofMinutes(10));

        heard(recordedOrder(3, OrderKind.OPEN, 601, 3_000), LATER);

        assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void order_withoutReasonOrWithTheWrongDuration_isRefused() {
        Optional<Duration> hour = Optional.of(Duration.ofHours(1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Order("ranking", OrderKind.OPEN, "a", " ", hour));
        assertThatIllegalArgumentException().isThrownBy(() -> new Order("ranking", OrderKind.CLOSE, "a", "r", hour));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Order("ranking", OrderKind.OPEN, "a", "r", Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Order("ranking", OrderKind.OPEN, "a", "r", Optional.of(Duration.ofDays(31))));
    }

    private void heard(RecordedOrder order, boolean atStart) {
        obedience.heard(order, now(), atStart);
    }

    private long now() {
        return clock.monotonic().getAsLong();
    }

    private BreakerState state() {
        return ranking.breaker().view().state();
    }

    private OperatorAct inForce() {
        return ranking.breaker().view().forced().orElseThrow();
    }

    private static Order order(OrderKind kind) {
        Optional<Duration> lasts = kind.lasts() ? Optional.of(Duration.ofHours(1)) : Optional.empty();
        return new Order("ranking", kind, "night shift", "because", lasts);
    }

    private static RecordedOrder recordedOrder(long seq, OrderKind kind, long secondsOld, long... secondsLeft) {
        Optional<Duration> left =
                secondsLeft.length == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(secondsLeft[0]));
        return new RecordedOrder(
                seq, "ranking", kind, "night shift", "reason " + seq, Duration.ofSeconds(secondsOld), left);
    }
}
