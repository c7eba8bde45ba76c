package dev.mooring.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testing.time.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private final ManualTime clock = new ManualTime();
    private final Time time = Time.of(clock.wall(), clock.monotonic());

    @Test
    void without_a_deadline_a_limit_stays_whole() {
        assertThat(Deadline.current()).isEmpty();
        assertThat(Deadline.cut(Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void limit_is_cut_to_what_is_left_and_never_negative() {
        try (Deadline.Scope scope = Deadline.in(Duration.ofSeconds(5), time).open()) {
            clock.advance(Duration.ofSeconds(3));
            assertThat(Deadline.cut(Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(2));
            assertThat(Deadline.cut(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
            clock.advance(Duration.ofSeconds(3));
            assertThat(Deadline.cut(Duration.ofSeconds(10))).isZero();
        }
        assertThat(Deadline.current()).isEmpty();
    }

    @Test
    void inside_an_outer_deadline_the_nearer_one_counts_and_the_outer_comes_back() {
        try (Deadline.Scope outer = Deadline.in(Duration.ofSeconds(5), time).open()) {
            try (Deadline.Scope longer =
                    Deadline.in(Duration.ofSeconds(60), time).open()) {
                assertThat(Deadline.cut(Duration.ofMinutes(5))).isEqualTo(Duration.ofSeconds(5));
            }
            try (Deadline.Scope nearer =
                    Deadline.in(Duration.ofSeconds(1), time).open()) {
                assertThat(Deadline.cut(Duration.ofMinutes(5))).isEqualTo(Duration.ofSeconds(1));
            }
            assertThat(Deadline.cut(Duration.ofMinutes(5))).isEqualTo(Duration.ofSeconds(5));
        }
    }
}
