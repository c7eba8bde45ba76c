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
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class HealthHistoryTest {
    private final ManualTime clock = new ManualTime();
    private final Time time = Time.of(clock.wall(), clock.monotonic());
    private final HealthHistory history = new HealthHistory(time, Duration.ofHours(24));
    private Status present = Status.UNKNOWN;
    private Instant since = time.now();

    @Test
    void availability_is_the_share_of_known_time_in_which_it_could_be_used() {
        assertThat(share(Duration.ofHours(1))).isEmpty();
        change(Status.UP);
        clock.advance(Duration.ofMinutes(27));
        change(Status.DOWN);
        clock.advance(Duration.ofMinutes(3));
        change(Status.RECOVERING);
        assertThat(share(Duration.ofHours(1)).orElseThrow()).isCloseTo(0.9, within(1e-9));

        clock.advance(Duration.ofMinutes(50));
        assertThat(share(Duration.ofHours(1)).orElseThrow())
                .as("the outage ended 50 minutes ago")
                .isCloseTo(57.0 / 60, within(1e-9));
        assertThat(history.availability("database", Duration.ofHours(24)).known())
                .isEqualTo(Duration.ofMinutes(80));
    }

    @Test
    void availability_counts_what_lasted_longer_than_the_memory_reaches_back() {
        change(Status.UP);
        clock.advance(Duration.ofDays(3));
        change(Status.DOWN);
        clock.advance(Duration.ofHours(6));

        Availability day = history.availability("database", Duration.ofHours(24));

        assertThat(day).isEqualTo(new Availability(Duration.ofHours(24), Duration.ofHours(18)));
    }

    @Test
    void availability_takes_time_without_a_process_for_unknown() {
        Instant restarted = time.now();
        clock.advance(Duration.ofMinutes(10));
        change(Status.UP);
        clock.advance(Duration.ofMinutes(10));
        Instant lastSeen = restarted.minus(Duration.ofMinutes(30));
        Instant begun = lastSeen.minus(Duration.ofMinutes(5));
        history.restore(List.of(
                stored(begun, Status.UNKNOWN, Status.DOWN, Duration.ofSeconds(1)),
                stored(lastSeen, Status.DOWN, Status.UNKNOWN, Duration.ofMinutes(5))));

        assertThat(history.availability("database", Duration.ofHours(1)))
                .isEqualTo(new Availability(Duration.ofMinutes(15), Duration.ofMinutes(10)));
    }

    @Test
    void changes_are_kept_as_long_as_asked_and_read_from_a_moment_on() {
        change(Status.DOWN);
        clock.advance(Duration.ofHours(23));
        change(Status.UP);
        assertThat(history.changes("database", Instant.EPOCH)).hasSize(2);
        assertThat(history.changes("database", time.now())).hasSize(1);
        clock.advance(Duration.ofHours(2));
        change(Status.DOWN);
        assertThat(history.changes("database", Instant.EPOCH)).hasSize(2);
    }

    @Test
    void flapping_for_ever_takes_no_more_memory() {
        for (int i = 0; i < 10_000; i++) {
            clock.advance(Duration.ofSeconds(1));
            change(i % 2 == 0 ? Status.UP : Status.DOWN);
        }
        assertThat(history.changes("database", Instant.EPOCH)).hasSize(2_000);
    }

    @Test
    void what_an_earlier_process_saw_comes_before_what_this_one_sees() {
        Instant begun = time.now();
        change(Status.UP);
        Duration minutes = Duration.ofMinutes(20);
        history.restore(List.of(
                stored(begun.minus(Duration.ofHours(30)), Status.UP, Status.DOWN, minutes),
                stored(begun.minus(Duration.ofMinutes(20)), Status.UP, Status.DOWN, minutes),
                stored(begun.minus(Duration.ofMinutes(40)), Status.DOWN, Status.UP, minutes),
                stored(begun.plusSeconds(1), Status.UP, Status.DOWN, minutes)));

        assertThat(history.changes("database", Instant.EPOCH))
                .extracting(StateChange::to)
                .containsExactly(Status.UP, Status.DOWN, Status.UP);
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

    private OptionalDouble share(Duration window) {
        return history.availability("database", window).share();
    }

    private void change(Status to) {
        Duration lasted = Duration.between(since, time.now());
        history.on(
                new MooringEvent.StatusChanged("database", time.now(), present, to, lasted, "test", Optional.empty()));
        present = to;
        since = time.now();
    }

    private void answered(long millis) {
        history.on(new MooringEvent.ProbeEnded(
                "database", time.now(), ProbeKind.SESSION, Duration.ofMillis(millis), Optional.empty()));
    }

    private static StateChange stored(Instant at, Status from, Status to, Duration lasted) {
        return new StateChange("database", at, from, to, lasted, "stored", Optional.empty());
    }
}
