package dev.mooring.operations.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testing.time.ManualTime;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final Quota MINUTE = Quota.perMinute(60);
    private static final Quota HOUR = Quota.perHour(100);

    private final ManualTime time = new ManualTime();
    private final RateLimits limits = new RateLimits(Time.of(time.wall(), time.monotonic()));

    @Test
    void caller_mayMakeItsQuotaAtOnce_andThenOneRequestPerPause() {
        assertThat(granted("a", 100, MINUTE)).isEqualTo(60);

        Grant refused = take("a", MINUTE);
        assertThat(refused.refusedFor()).contains(Duration.ofSeconds(1));
        time.advance(Duration.ofMillis(999));
        assertThat(granted("a", 1, MINUTE)).isZero();
        time.advance(Duration.ofMillis(1));
        assertThat(granted("a", 2, MINUTE)).isEqualTo(1);
        time.advance(Duration.ofMinutes(5));
        assertThat(granted("a", 100, MINUTE)).isEqualTo(60);
    }

    @Test
    void caller_thatUsedUpItsQuota_takesNothingFromAnother() {
        granted("a", 100, MINUTE);

        assertThat(granted("b", 100, MINUTE)).isEqualTo(60);
    }

    @Test
    void refusedRequest_takesFromNoQuota() {
        granted("a", 80, MINUTE, HOUR);
        time.advance(Duration.ofMinutes(1));

        assertThat(granted("a", 100, MINUTE, HOUR)).isEqualTo(41);
        assertThat(take("a", MINUTE, HOUR).violated()).containsExactly("hour");
    }

    @Test
    void headers_haveTheFormOfTheDraft() {
        granted("a", 59, MINUTE, HOUR);

        Grant last = take("a", MINUTE, HOUR);
        assertThat(last.policy()).isEqualTo("\"minute\";q=60;w=60, \"hour\";q=100;w=3600");
        assertThat(last.left()).isEqualTo("\"minute\";r=0;t=1, \"hour\";r=40;t=36");
        assertThat(last.refusedFor()).isEmpty();
    }

    @Test
    void otherQuotas_startAnew() {
        granted("a", 100, MINUTE);

        assertThat(granted("a", 100, MINUTE, HOUR)).isEqualTo(60);
    }

    @Test
    void requestsOfManyThreads_getTheQuotaAndNotOneMore() {
        AtomicInteger granted = new AtomicInteger();

        IntStream.range(0, 400).parallel().forEach(i -> granted.addAndGet(granted("a", 1, MINUTE)));

        assertThat(granted).hasValue(60);
    }

    private int granted(String caller, int asked, Quota... quotas) {
        return (int) IntStream.range(0, asked)
                .filter(i -> take(caller, quotas).refusedFor().isEmpty())
                .count();
    }

    private Grant take(String caller, Quota... quotas) {
        return limits.take(new RateLimits.Limited(caller, List.of(quotas)));
    }
}
