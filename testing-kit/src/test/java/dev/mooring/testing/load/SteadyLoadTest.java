package dev.mooring.testing.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SteadyLoadTest {
    @Test
    void calls_comeAtTheirRateAndNoneIsForgotten() throws Exception {
        AtomicInteger made = new AtomicInteger();
        SteadyLoad load = SteadyLoad.of(200, made::incrementAndGet);
        await().until(() -> made.get() >= 100);
        LoadRecord record = load.stop();

        assertThat(record.count()).isEqualTo(made.get());
        assertThat(record.failed()).isZero();
        List<Sent> calls = record.calls();
        long lasted = calls.get(calls.size() - 1).dueNanos() - calls.get(0).dueNanos();
        assertThat(lasted).isEqualTo(5_000_000L * (calls.size() - 1));
    }

    @Test
    void callThatHangs_doesNotHoldTheOthersUp() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger made = new AtomicInteger();
        SteadyLoad load =
                SteadyLoad.of(100, () -> made.incrementAndGet() == 1 ? released.await(20, TimeUnit.SECONDS) : null);
        await().until(() -> made.get() >= 20);
        released.countDown();

        LoadRecord record = load.stop();

        assertThat(record.slowest()).isGreaterThan(Duration.ofMillis(150));
        assertThat(record.slowerThan(Duration.ofMillis(150))).isLessThan(record.count() / 2);
    }

    @Test
    void record_tellsPartsApart() {
        LoadRecord record = new LoadRecord(List.of(
                sent(30, 5, Optional.empty()),
                sent(10, 1, Optional.empty()),
                sent(20, 40, Optional.of(new IOException("gone"))),
                sent(25, 1, Optional.of(new IOException("gone")))));

        assertThat(record.failed()).isEqualTo(2);
        assertThat(record.between(20, 30).count()).isEqualTo(2);
        assertThat(record.from(30).count()).isOne();
        assertThat(record.slowest()).isEqualTo(Duration.ofNanos(40));
        assertThat(record.slowerThan(Duration.ofNanos(1))).isEqualTo(2);
        assertThat(record.firstSuccess()).hasValue(11);
        assertThat(record.from(20).firstSuccess()).hasValue(35);
        assertThat(record.lastFailure()).hasValue(25);
        assertThat(record.from(30).lastFailure()).isEmpty();
    }

    @Test
    void rate_outOfBounds_isRefused() {
        assertThatThrownBy(() -> SteadyLoad.of(0, () -> null)).hasMessage("perSecond must be 1 to 10000 but is 0");
    }

    private static Sent sent(long due, long took, Optional<Exception> error) {
        return new Sent(due, Duration.ofNanos(took), error);
    }
}
