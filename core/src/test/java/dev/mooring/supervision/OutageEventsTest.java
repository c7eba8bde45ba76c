package dev.mooring.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.OperatorAct;
import dev.mooring.event.MooringEvent.OutageDetected;
import dev.mooring.event.MooringEvent.ProbeEnded;
import dev.mooring.event.MooringEvent.Recovered;
import dev.mooring.health.Status;
import dev.mooring.supervision.VirtualBackend.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** An outage is told once and its end once, and what an operator does is neither. */
class OutageEventsTest {
    private final VirtualWorld world = new VirtualWorld();
    private final VirtualBackend backend = new VirtualBackend(world);

    @Test
    void outage_and_its_end_are_told_once_each() {
        up();
        outage();
        backend.is(Mode.WELL);
        world.until(() -> world.status() == Status.UP, Duration.ofSeconds(5));
        assertThat(world.events(OutageDetected.class)).hasSize(1);
        assertThat(world.events(Recovered.class)).hasSize(1);
    }

    @Test
    void operator_who_closes_the_breaker_during_an_outage_has_recovered_nothing() {
        up();
        outage();
        world.watch().operator().close();
        world.until(() -> world.status() == Status.UP, Duration.ofMillis(100));
        assertThat(world.events(Recovered.class)).isEmpty();
        world.until(() -> world.status() == Status.DOWN, Duration.ofSeconds(3));
    }

    @Test
    void forced_open_is_down_and_no_outage() {
        up();
        world.watch().operator().open(new OperatorAct("ops", "drill", Duration.ofMinutes(1)));
        world.until(() -> world.status() == Status.DOWN, Duration.ofMillis(100));
        world.watch().operator().close();
        world.until(() -> world.status() == Status.UP, Duration.ofMillis(100));
        assertThat(world.events(OutageDetected.class)).isEmpty();
        assertThat(world.events(Recovered.class)).isEmpty();
    }

    @Test
    void times_in_statuses_add_up_to_the_time_since_supervision_began() {
        up();
        world.run(Duration.ofSeconds(10));
        outage();
        world.run(Duration.ofSeconds(20));
        Map<Status, Duration> times = world.watch().timeInStatuses();

        assertThat(times).containsOnlyKeys(Status.UNKNOWN, Status.UP, Status.DOWN);
        assertThat(times.get(Status.DOWN)).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(21));
        assertThat(times.values().stream().reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(Duration.ofNanos(world.elapsed()));
    }

    @Test
    void probe_that_ended_without_a_word_on_the_dependency_is_told_as_nothing() {
        up();
        int told = world.events(ProbeEnded.class).size();
        backend.refusesWith(() -> new CancellationException("not the backend's fault"));
        world.run(Duration.ofSeconds(5));
        assertThat(world.events(ProbeEnded.class)).hasSize(told);
    }

    private void up() {
        world.begin(List.of(backend.watched()), any -> backend);
        world.until(() -> world.health().ready() && world.status() == Status.UP, Duration.ofSeconds(2));
    }

    private void outage() {
        backend.is(Mode.REFUSING);
        world.until(() -> world.watch().breaker().view().state() == BreakerState.OPEN, Duration.ofSeconds(4));
        world.until(() -> world.status() == Status.DOWN, Duration.ofSeconds(1));
    }
}
