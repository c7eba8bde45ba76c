package dev.mooring.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.OperatorAct;
import dev.mooring.event.MooringEvent.BreakerMoved;
import dev.mooring.event.MooringEvent.OutageDetected;
import dev.mooring.event.MooringEvent.OutageLasts;
import dev.mooring.event.MooringEvent.Recovered;
import dev.mooring.event.MooringEvent.StatusChanged;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.probe.Finding;
import dev.mooring.supervision.VirtualBackend.Mode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** An outage gives one event, and so does its end; an operator's act gives neither. */
class OutageEventsTest {
    private final VirtualWorld world = new VirtualWorld();
    private final VirtualBackend backend = new VirtualBackend(world);

    @Test
    void outage_and_its_end_are_told_once_each() {
        up();
        outage();
        assertThatThrownBy(() -> world.watch().breaker().refuseIfOpen())
                .as("who convicted it")
                .hasMessageContaining(" after 5 failed probes in a row (");
        backend.is(Mode.WELL);
        world.until(() -> world.status() == Status.UP, Duration.ofSeconds(5));
        assertThat(world.events(OutageDetected.class)).hasSize(1);
        assertThat(world.events(Recovered.class)).hasSize(1);
    }

    @Test
    void outage_that_lasts_is_told_each_minute_with_its_length_and_the_calls_that_it_cost() {
        up();
        outage();
        for (int call = 0; call < 7; call++) {
            assertThat(world.watch().breaker().tryAcquire()).isNull();
        }
        world.run(Duration.ofSeconds(130));

        assertThat(world.events(OutageLasts.class)).hasSize(2).last().satisfies(event -> {
            assertThat(event.lasted()).isBetween(Duration.ofSeconds(120), Duration.ofSeconds(122));
            assertThat(event.refused()).isEqualTo(7);
            assertThat(event.failure()).isPresent();
        });

        backend.is(Mode.WELL);
        world.until(() -> world.status() == Status.UP, Duration.ofSeconds(5));
        assertThat(world.events(Recovered.class)).singleElement().satisfies(end -> {
            assertThat(end.after()).isBetween(Duration.ofSeconds(130), Duration.ofSeconds(136));
            assertThat(end.refused()).isEqualTo(7);
        });
    }

    @Test
    void operator_who_closes_the_breaker_during_an_outage_has_recovered_nothing() {
        up();
        outage();
        world.watch().operator().close();
        world.until(() -> world.status() == Status.UNKNOWN, Duration.ofMillis(100));
        world.until(() -> world.status() == Status.DOWN, Duration.ofSeconds(3));
        assertThat(world.events(Recovered.class)).isEmpty();
        assertThat(world.events(OutageDetected.class))
                .as("it is the same outage")
                .hasSize(1);
    }

    @Test
    void bypass_that_expires_on_a_healthy_dependency_is_no_outage() {
        up();
        world.watch().operator().bypass(new OperatorAct("ops", "drill", Duration.ofSeconds(5)));
        world.run(Duration.ofSeconds(10));
        assertThat(world.watch().breaker().view().state()).isEqualTo(BreakerState.CLOSED);
        assertThat(world.events(StatusChanged.class))
                .extracting(StatusChanged::to)
                .containsExactly(Status.UP);
        assertThat(world.events(OutageDetected.class)).isEmpty();
    }

    @Test
    void bypass_that_expires_in_an_outage_opens_the_breaker_at_once() {
        up();
        world.watch().operator().bypass(new OperatorAct("ops", "drill", Duration.ofSeconds(10)));
        backend.is(Mode.REFUSING);
        world.until(() -> world.status() == Status.DOWN, Duration.ofSeconds(4));
        world.until(() -> world.watch().breaker().view().state() == BreakerState.OPEN, Duration.ofSeconds(10));
        assertThat(world.watch().breaker().view().failure()).isPresent();
        assertThat(world.events(OutageDetected.class)).hasSize(1);
    }

    @Test
    void forced_open_is_told_with_its_operator_reason_and_end_and_not_with_an_older_failure() {
        up();
        outage();
        backend.is(Mode.WELL);
        world.until(() -> world.status() == Status.UP, Duration.ofSeconds(5));
        world.watch().operator().open(new OperatorAct("night shift", "upgrade", Duration.ofMinutes(1)));
        world.until(() -> world.status() == Status.DOWN, Duration.ofMillis(100));

        List<StatusChanged> changes = world.events(StatusChanged.class);
        StatusChanged last = changes.get(changes.size() - 1);
        assertThat(last.failure()).isEmpty();
        assertThat(last.cause()).startsWith("forced_open by night shift (\"upgrade\") until 2026-01-01T00:0");
        List<BreakerMoved> moves = world.events(BreakerMoved.class);
        assertThat(moves.get(moves.size() - 1).act()).map(OperatorAct::actor).contains("night shift");
    }

    @Test
    void outage_that_an_order_hid_is_told_when_the_order_ends() {
        up();
        world.watch().operator().open(new OperatorAct("ops", "drill", Duration.ofSeconds(5)));
        backend.is(Mode.REFUSING);
        world.run(Duration.ofSeconds(8));
        assertThat(world.status()).isEqualTo(Status.DOWN);
        assertThat(world.events(OutageDetected.class)).hasSize(1);
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
    void finding_that_degrades_is_told_with_its_failure_and_so_is_its_end() {
        up();
        world.watch().note(new Finding(FailureKind.DISK_FULL, "no space left"), Duration.ofMinutes(1));
        world.until(() -> world.status() == Status.DEGRADED, Duration.ofSeconds(1));
        world.watch().clear(FailureKind.DISK_FULL);
        world.until(() -> world.status() == Status.UP, Duration.ofSeconds(1));

        List<StatusChanged> changes = world.events(StatusChanged.class);
        StatusChanged degraded = changes.get(changes.size() - 2);
        assertThat(degraded.cause()).isEqualTo("disk_full: no space left");
        assertThat(degraded.failure()).map(Failure::kind).contains(FailureKind.DISK_FULL);
        StatusChanged well = changes.get(changes.size() - 1);
        assertThat(well.cause()).isEqualTo("disk_full is over");
        assertThat(well.failure()).isEmpty();
    }

    @Test
    void end_of_a_degraded_time_tells_how_many_calls_failed_in_it() {
        up();
        fail(FailureKind.DISK_FULL, 1);
        world.watch().note(new Finding(FailureKind.DISK_FULL, "no space left"), Duration.ofMinutes(1));
        world.until(() -> world.status() == Status.DEGRADED, Duration.ofSeconds(1));
        fail(FailureKind.DISK_FULL, 2);
        world.watch().clear(FailureKind.DISK_FULL);
        world.until(() -> world.status() == Status.UP, Duration.ofSeconds(1));

        List<StatusChanged> changes = world.events(StatusChanged.class);
        assertThat(changes.get(changes.size() - 1).cause()).isEqualTo("disk_full is over; 2 calls failed");
    }

    private void fail(FailureKind kind, int calls) {
        for (int call = 0; call < calls; call++) {
            Objects.requireNonNull(world.watch().breaker().tryAcquire())
                    .failure(new Failure(kind, "no space left", Instant.EPOCH));
        }
    }

    @Test
    void order_in_an_outage_has_a_time_of_its_own_and_hides_the_outage_from_no_reason() {
        up();
        outage();
        String outage = world.health().reasons().get(0);
        world.run(Duration.ofSeconds(30));
        Instant ordered = world.time().now();
        world.watch().operator().open(new OperatorAct("ops", "drill", Duration.ofMinutes(1)));
        world.run(Duration.ofSeconds(1));

        assertThat(world.health().reasons())
                .containsExactly("database: forced_open since " + ordered.truncatedTo(ChronoUnit.SECONDS), outage);
        assertThat(world.health().error()).contains("forced_open");
        assertThat(world.health("database").since()).isEqualTo(ordered);
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
    void probe_whose_failure_the_classifier_holds_against_nobody_is_an_unknown_failure_all_the_same() {
        up();
        backend.refusesWith(() -> new CancellationException("gave up"));
        world.until(() -> world.status() == Status.DOWN, Duration.ofSeconds(4));
        assertThat(world.health("database").lastFailure()).map(Failure::kind).contains(FailureKind.UNKNOWN);
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
