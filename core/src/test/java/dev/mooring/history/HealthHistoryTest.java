package dev.mooring.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mooring.event.MooringEvent;
import dev.mooring.health.Status;
import dev.mooring.probe.ProbeKind;
import dev.mooring.testing.time.ManualTime;
import dev.mooring.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthHistoryTest {
    private final ManualTime clock = new ManualTime();
    private final Time time = Time.of(clock.wall(), clock.monotonic());
    private final HealthHistory history = new HealthHistory(time, Duration.ofHours(24));

    @Test
    void availability_is_the_share_of_known_time_in_which_it_could_be_used() {
        assertThat(history.availability("database", Duration.ofHours(1))).isEmpty();
        change(Status.UNKNOWN, Status.UP);
        clock.advance(Duration.ofMinutes(27));
        change(Status.UP, Status.DOWN);
        clock.advance(Duration.ofMinutes(3));
        change(Status.DOWN, Status.RECOVERING);
        assertThat(history.availability("database", Duration.ofHours(1)).orElseThrow())
                .isCloseTo(0.9, within(1e-9));

        clock.advance(Duration.ofMinutes(50));
        assertThat(history.availability("database", Duration.ofHours(1)).orElseThrow())
                .as("the outage ended 50 minutes ago")
                .isCloseTo(57.0 / 60, within(1e-9));
    }

    @Test
    void changes_are_kept_as_long_as_asked_and_read_from_a_moment_on() {
        change(Status.UP, Status.DOWN);
        clock.advance(Duration.ofHours(23));
        change(Status.DOWN, Status.UP);
        assertThat(history.changes("database", Instant.EPOCH)).hasSize(2);
        assertThat(history.changes("database", time.now())).hasSize(1);
        clock.advance(Duration.ofHours(2));
        change(Status.UP, Status.DOWN);
        assertThat(history.changes("database", Instant.EPOCH)).hasSize(2);
    }

    @Test
    void flapping_for_ever_takes_no_more_memory() {
        for (int i = 0; i < 10_000; i++) {
            clock.advance(Duration.ofSeconds(1));
            change(Status.UP, Status.DOWN);
        }
        assertThat(history.changes("database", Instant.EPOCH)).hasSize(2_000);
    }

    @Test
    void what_an_earlier_process_saw_comes_before_what_this_one_sees() {
        Instant begun = time.now();
        change(Status.UNKNOWN, Status.UP);
        history.restore(List.of(
                stored(begun.minus(Duration.ofHours(30)), Status.DOWN),
                stored(begun.minus(Duration.ofMinutes(20)), Status.DOWN),
                stored(begun.minus(Duration.ofMinutes(40)), Status.UP),
                stored(begun.plusSeconds(1), Status.DOWN)));

        assertThat(history.changes("database", Instant.EPOCH))
                .extracting(StateChange::to)
                .containsExactly(Status.UP, Status.DOWN, Status.UP);
        assertThat(history.availability("database", Duration.ofHours(1)).orElseThrow())
                .as("20 of 40 known minutes")
                .isCloseTo(0.5, within(1e-9));
    }

    @Test
    void response_times_are_put_together_in_stretches_of_five_minutes() {
        answered(10);
        answered(30);
        clock.advance(Duration.ofMinutes(5));
        answered(20);

        List<ResponseTimes> times = history.responseTimes("database", Instant.EPOCH);
        assertThat(times).hasSize(2);
        assertThat(times.get(0).answers()).isEqualTo(2);
        assertThat(times.get(0).mean()).isEqualTo(Duration.ofMillis(20));
        assertThat(times.get(0).longest()).isEqualTo(Duration.ofMillis(30));
        assertThat(history.responseTimes("database", time.now())).hasSize(1);
    }

    private void change(Status from, Status to) {
        history.on(new MooringEvent.StatusChanged(
                "database", time.now(), from, to, Duration.ZERO, "test", Optional.empty()));
    }

    private void answered(long millis) {
        history.on(new MooringEvent.ProbeEnded(
                "database", time.now(), ProbeKind.SESSION, Duration.ofMillis(millis), Optional.empty()));
    }

    private static StateChange stored(Instant at, Status to) {
        return new StateChange("database", at, Status.UNKNOWN, to, Duration.ZERO, "stored", Optional.empty());
    }
}
