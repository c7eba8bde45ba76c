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
        Backoff plain = Backoff.exponential(Duration.ofSeconds(1))
                .factor(1.5)
                .cap(Duration.ofSeconds(3))
                .jitter(0);
        assertThat(delays(plain, 4)).extracting(Duration::toMillis).containsExactly(1_000L, 1_500L, 2_250L, 3_000L);
    }

    @Test
    void exponential_withoutMore_hasTheDefaults() {
        Backoff standard = Backoff.exponential(Duration.ofSeconds(1));

        assertThat(standard)
                .isEqualTo(
                        new Backoff(3, Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 0.2, Duration.ofSeconds(30)));
        assertThat(Backoff.exponential(Duration.ofMinutes(1)).cap()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void jitter_spreads_to_both_sides_and_never_over_the_cap() {
        Backoff spread = Backoff.exponential(Duration.ofSeconds(10)).factor(1).cap(Duration.ofSeconds(10));
        List<Long> millis = IntStream.range(0, 1_000)
                .mapToObj(i -> spread.delayAfter(1, random).toMillis())
                .toList();
        assertThat(millis).allMatch(m -> m >= 8_000 && m <= 10_000).anyMatch(m -> m < 9_000);
    }

    @Test
    void delay_of_a_late_attempt_does_not_overflow() {
        Backoff many = Backoff.exponential(Duration.ofMillis(500)).cap(Duration.ofSeconds(10));
        assertThat(many.delayAfter(999_999, random)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
    }

    @Test
    void bad_figures_are_refused_with_the_bound() {
        assertThatThrownBy(() -> Backoff.exponential(Duration.ZERO).attempts(0))
                .hasMessage("attempts must be 1 to 1000000 but is 0");
        assertThatThrownBy(() -> Backoff.exponential(Duration.ofSeconds(2)).cap(Duration.ofSeconds(1)))
                .hasMessageContaining("cap must not be shorter than the base");
    }

    private List<Duration> delays(Backoff backoff, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(attempt -> backoff.delayAfter(attempt, random))
                .toList();
    }
}
