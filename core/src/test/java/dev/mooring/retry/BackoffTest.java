package dev.mooring.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Random random = new Random(7);

    @Test
    void delays_grow_by_the_factor_up_to_the_cap() {
        Backoff plain = new Backoff(10, Duration.ofSeconds(1), 1.5, Duration.ofSeconds(3), 0, Duration.ofMinutes(1));
        assertThat(delays(plain, 4)).extracting(Duration::toMillis).containsExactly(1_000L, 1_500L, 2_250L, 3_000L);
    }

    @Test
    void glucolens_waits_two_four_eight_and_sixteen_seconds() {
        assertThat(delays(RetryProfile.GLUCOLENS.backoff(), 4))
                .extracting(Duration::toSeconds)
                .containsExactly(2L, 4L, 8L, 16L);
        assertThat(RetryProfile.GLUCOLENS.backoff().attempts()).isEqualTo(5);
    }

    @Test
    void jitter_spreads_to_both_sides_and_never_over_the_cap() {
        Backoff spread = new Backoff(9, Duration.ofSeconds(10), 1, Duration.ofSeconds(10), 0.2, Duration.ofMinutes(1));
        List<Long> millis = IntStream.range(0, 1_000)
                .mapToObj(i -> spread.delayAfter(1, random).toMillis())
                .toList();
        assertThat(millis).allMatch(m -> m >= 8_000 && m <= 10_000).anyMatch(m -> m < 9_000);
    }

    @Test
    void delay_of_a_late_attempt_does_not_overflow() {
        Backoff many =
                new Backoff(1_000_000, Duration.ofMillis(500), 2, Duration.ofSeconds(10), 0.2, Duration.ofDays(1));
        assertThat(many.delayAfter(999_999, random)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
    }

    @Test
    void bad_figures_are_refused_with_the_bound() {
        assertThatThrownBy(() -> new Backoff(0, Duration.ZERO, 1, Duration.ZERO, 0, Duration.ofSeconds(1)))
                .hasMessage("attempts must be 1 to 1000000 but is 0");
        assertThatThrownBy(
                        () -> new Backoff(1, Duration.ofSeconds(2), 1, Duration.ofSeconds(1), 0, Duration.ofSeconds(1)))
                .hasMessageContaining("cap must not be shorter than the base");
    }

    private List<Duration> delays(Backoff backoff, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(attempt -> backoff.delayAfter(attempt, random))
                .toList();
    }
}
