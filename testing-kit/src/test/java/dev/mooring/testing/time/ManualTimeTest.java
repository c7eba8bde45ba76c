package dev.mooring.testing.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ManualTimeTest {
    private final ManualTime time = new ManualTime();

    @Test
    void time_notMoved_standsStill() {
        assertThat(time.wall().instant())
                .isEqualTo(ManualTime.START)
                .isEqualTo(time.wall().instant());
        assertThat(time.monotonic().getAsLong()).isEqualTo(time.monotonic().getAsLong());
    }

    @Test
    void time_advanced_movesBothClocksTogether() {
        long before = time.monotonic().getAsLong();

        time.advance(Duration.ofMillis(1500));

        assertThat(time.wall().instant()).isEqualTo(ManualTime.START.plusMillis(1500));
        assertThat(time.monotonic().getAsLong() - before).isEqualTo(1_500_000_000L);
    }

    @Test
    void wallClock_setBack_leavesMonotonicClockAlone() {
        long before = time.monotonic().getAsLong();

        time.setWall(Instant.EPOCH);

        assertThat(time.wall().instant()).isEqualTo(Instant.EPOCH);
        assertThat(time.monotonic().getAsLong()).isEqualTo(before);
    }

    @Test
    void monotonicClock_advancedByAMinute_wrapsAroundAsTheRealOneMay() {
        long before = time.monotonic().getAsLong();

        time.advance(Duration.ofMinutes(1));

        long after = time.monotonic().getAsLong();
        assertThat(after).isLessThan(before);
        assertThat(after - before).isEqualTo(Duration.ofMinutes(1).toNanos());
    }

    @Test
    void time_advancedByNegativeStep_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> time.advance(Duration.ofSeconds(-1)))
                .withMessageContaining("PT-1S")
                .withMessageContaining("setWall");
    }

    @Test
    void time_advancedByEightThreads_losesNoStep() throws Exception {
        long before = time.monotonic().getAsLong();
        var threads = Executors.newFixedThreadPool(8);
        var done = new CountDownLatch(8);
        try {
            for (int thread = 0; thread < 8; thread++) {
                threads.execute(() -> {
                    for (int step = 0; step < 1000; step++) {
                        time.advance(Duration.ofNanos(1));
                    }
                    done.countDown();
                });
            }
            assertThat(done.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        } finally {
            threads.shutdownNow();
        }
        assertThat(time.monotonic().getAsLong() - before).isEqualTo(8000);
    }
}
