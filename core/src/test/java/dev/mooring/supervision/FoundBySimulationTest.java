package dev.mooring.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.breaker.BreakerSettings;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.OperatorAct;
import dev.mooring.event.MooringEvent;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.probe.Probe;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.probe.Recovery;
import dev.mooring.probe.StartTask;
import dev.mooring.supervision.VirtualBackend.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Faults that the simulation found, each in its shortest form. */
class FoundBySimulationTest {
    private static final OperatorAct DRILL = new OperatorAct("ops", "drill", Duration.ofMinutes(1));

    private final VirtualWorld world = new VirtualWorld();
    private final VirtualBackend backend = new VirtualBackend(world);

    @Test
    void forced_open_that_expires_is_down_and_comes_back_by_steps_like_any_outage() {
        up();
        world.watch().operator().open(DRILL);
        backend.is(Mode.REFUSING);
        world.until(() -> state() == BreakerState.OPEN, Duration.ofSeconds(70));
        assertThat(world.status()).isEqualTo(Status.DOWN);

        backend.is(Mode.WELL);
        world.until(() -> state() == BreakerState.CLOSED, Duration.ofSeconds(10));
        assertThat(movesTo(BreakerState.RECOVERING)).isOne();
    }

    @Test
    void dependency_that_is_silent_from_the_start_is_told_down_after_its_timeout() {
        backend.is(Mode.FROZEN);
        begin(backend.watched());
        world.run(Duration.ofSeconds(12));
        assertThat(world.status()).isEqualTo(Status.DOWN);
        assertThat(world.health().error()).contains("response_timeout");
    }

    @Test
    void dependency_that_no_probe_of_a_starting_process_has_reached_is_not_told_down_after_its_timeout() {
        backend.sendsNothing();
        backend.is(Mode.FROZEN);
        begin(backend.watched());
        world.run(Duration.ofSeconds(14));
        assertThat(world.status()).isEqualTo(Status.UNKNOWN);

        world.run(Duration.ofSeconds(3));
        assertThat(world.status())
                .as("a probe may never say that it sent something")
                .isEqualTo(Status.DOWN);
    }

    @Test
    void bypassed_tells_an_outage_that_is_silent_and_goes_on_telling_it() {
        up();
        world.watch().operator().bypass(new OperatorAct("ops", "drill", Duration.ofHours(1)));
        backend.is(Mode.FROZEN);
        world.run(Duration.ofSeconds(12));
        for (int i = 0; i < 60; i++) {
            world.run(Duration.ofSeconds(1));
            assertThat(world.status()).as("after %d s", 12 + i).isEqualTo(Status.DOWN);
        }
        backend.is(Mode.WELL);
        world.until(() -> world.status() == Status.UP, Duration.ofSeconds(3));
        assertThat(state()).isEqualTo(BreakerState.BYPASSED);
    }

    @Test
    void bypassed_forgives_one_lost_probe_as_closed_does() {
        up();
        world.watch().operator().bypass(DRILL);
        backend.is(Mode.REFUSING);
        world.until(this::aProbeFailed, Duration.ofSeconds(5));
        backend.is(Mode.WELL);
        assertThat(world.status()).isEqualTo(Status.UP);
    }

    @Test
    void closed_by_an_operator_begins_to_count_anew() {
        up();
        backend.is(Mode.REFUSING);
        world.until(() -> state() == BreakerState.OPEN, Duration.ofSeconds(5));
        world.run(Duration.ofSeconds(5));
        world.watch().operator().close();
        world.run(Duration.ofMillis(300));
        assertThat(state()).isEqualTo(BreakerState.CLOSED);
        world.until(() -> state() == BreakerState.OPEN, Duration.ofSeconds(4));
    }

    @Test
    void verification_begun_before_an_outage_says_nothing_about_the_recovery_after_it() {
        begin(backend.watched());
        world.run(Duration.ofMillis(1));
        backend.latency(Duration.ofSeconds(3));
        world.run(Duration.ofMillis(4));
        backend.latency(Duration.ofMillis(2));
        backend.is(Mode.REFUSING);
        world.run(Duration.ofSeconds(5));
        backend.is(Mode.WELL);
        world.until(() -> state() == BreakerState.CLOSED, Duration.ofSeconds(10));
        assertThat(movesTo(BreakerState.OPEN)).as("failed recoveries").isZero();
    }

    @Test
    void server_that_froze_and_lost_its_connections_is_found_again_before_it_is_convicted() {
        SimulatedBackend server = new SimulatedBackend(world, new SplittableRandom(1));
        Duration quick = Duration.ofMillis(2);
        world.begin(List.of(watch(true, Optional.of(server), List.of())), any -> server);
        world.run(Duration.ofSeconds(10));
        server.is(SimulatedBackend.Condition.FROZEN, quick);
        world.run(Duration.ofSeconds(7));
        server.is(SimulatedBackend.Condition.BLACK_HOLE, quick);
        world.run(Duration.ofMillis(100));
        server.is(SimulatedBackend.Condition.WELL, quick);
        world.run(Duration.ofSeconds(30));
        assertThat(movesTo(BreakerState.OPEN)).isZero();
    }

    @Test
    void bypassed_while_all_probes_hang_finds_a_server_that_lost_them() {
        SimulatedBackend server = new SimulatedBackend(world, new SplittableRandom(1));
        Duration quick = Duration.ofMillis(2);
        server.is(SimulatedBackend.Condition.FROZEN, quick);
        world.begin(List.of(watch(true, Optional.of(server), List.of())), any -> server);
        world.run(Duration.ofSeconds(11));
        world.watch().operator().bypass(DRILL);
        server.is(SimulatedBackend.Condition.BLACK_HOLE, quick);
        world.run(Duration.ofMillis(100));
        server.is(SimulatedBackend.Condition.WELL, quick);
        world.until(() -> world.status() == Status.UP, Duration.ofSeconds(2));
    }

    @Test
    void slow_server_that_freezes_at_once_after_the_first_contact_is_told_down_in_time() {
        SimulatedBackend server = new SimulatedBackend(world, new SplittableRandom(1));
        world.begin(List.of(watch(true, Optional.of(server), List.of())), any -> server);
        server.is(SimulatedBackend.Condition.SLOW, Duration.ofMillis(1_200));
        world.until(() -> state() == BreakerState.CLOSED, Duration.ofSeconds(10));
        world.run(Duration.ofMillis(700));
        server.is(SimulatedBackend.Condition.FROZEN, Duration.ofMillis(2));
        world.until(() -> state() == BreakerState.OPEN, Duration.ofMillis(10_500));
    }

    @Test
    void start_tasks_are_done_although_an_operator_closed_the_breaker_before() {
        begin(backend.watched(new ProbeTiming(), List.of(new StartTask("migrations", () -> {}))));
        world.watch().operator().close();
        world.until(() -> world.health().ready(), Duration.ofSeconds(10));
    }

    @Test
    void start_task_of_an_optional_dependency_does_not_keep_the_service_from_being_ready() {
        StartTask never = new StartTask("warm-up", () -> {
            throw new IllegalStateException("not yet");
        });
        begin(watch(false, Optional.of(backend), List.of(never)));
        world.run(Duration.ofSeconds(5));
        assertThat(world.health().ready()).isTrue();
        assertThat(world.watch().breaker().tryAcquire()).isNull();
    }

    @Test
    void without_a_probe_the_failure_of_the_calls_is_told_and_the_time_it_took_to_detect() {
        begin(watch(true, Optional.empty(), List.of()));
        world.run(Duration.ofMinutes(5));
        for (int i = 0; i < 5; i++) {
            world.run(Duration.ofSeconds(1));
            Failure failure =
                    new Failure(FailureKind.HTTP_ERROR, "503", world.time().now());
            world.watch().breaker().acquire().failure(failure);
        }
        world.run(Duration.ofMillis(100));
        assertThat(world.health().error()).contains("http_error");
        assertThat(world.events(MooringEvent.OutageDetected.class).get(0).after())
                .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
    }

    private void up() {
        begin(backend.watched());
        world.until(() -> world.health().ready() && world.status() == Status.UP, Duration.ofSeconds(2));
    }

    private void begin(Watch watch) {
        world.begin(List.of(watch), any -> backend);
    }

    private Watch watch(boolean critical, Optional<Probe> probe, List<StartTask> tasks) {
        return new Watch(
                new Supervised(
                        "ranking",
                        critical,
                        true,
                        FailureClassifier.jdk(),
                        probe,
                        new ProbeTiming(),
                        new BreakerSettings(),
                        8,
                        Duration.ofSeconds(2),
                        Recovery.none(),
                        tasks),
                world.time());
    }

    private BreakerState state() {
        return world.watch().breaker().view().state();
    }

    private boolean aProbeFailed() {
        return world.events(MooringEvent.ProbeEnded.class).stream()
                .anyMatch(probe -> probe.failure().isPresent());
    }

    private long movesTo(BreakerState state) {
        return world.events(MooringEvent.BreakerMoved.class).stream()
                .filter(move -> move.to() == state)
                .count();
    }
}
