package dev.mooring.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.breaker.BreakerSettings;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.breaker.OperatorAct;
import dev.mooring.event.MooringEvent.StatusChanged;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.HealthReport.Overall;
import dev.mooring.health.Status;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.probe.Recovery;
import dev.mooring.probe.StartTask;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What health reports while the supervisor works or stalls, and while the service starts or stops. */
class BoardTest {
    private final VirtualWorld world = new VirtualWorld();
    private final VirtualBackend backend = new VirtualBackend(world);

    @BeforeEach
    void begin() {
        world.begin(List.of(backend.watched()), watch -> backend);
        world.until(() -> world.health().ready(), Duration.ofSeconds(2));
    }

    @Test
    void report_is_the_same_object_until_something_changed_or_a_second_passed() {
        world.run(Duration.ofMillis(1_500));
        var first = world.health();
        world.run(Duration.ofMillis(100));
        assertThat(world.health()).isSameAs(first);
        world.run(Duration.ofSeconds(1));
        assertThat(world.health()).isNotSameAs(first);
    }

    @Test
    void stalled_supervisor_makes_everything_unknown_and_after_six_seconds_not_ready() {
        world.pause(Duration.ofSeconds(20));
        assertThat(world.health().overall()).isEqualTo(Overall.DEGRADED);
        assertThat(world.status()).isEqualTo(Status.UNKNOWN);
        world.pause(Duration.ofSeconds(5));
        assertThat(world.health().ready()).isTrue();
        world.pause(Duration.ofSeconds(2));
        assertThat(world.health().ready()).isFalse();
        assertThat(world.health().reasons()).containsExactly("unknown: the supervisor is stalled");

        world.run(Duration.ofSeconds(3));
        assertThat(world.health().overall()).isEqualTo(Overall.HEALTHY);
    }

    @Test
    void shutting_down_is_told_at_once_and_stays() {
        world.supervisor().shuttingDown();
        assertThat(world.health().error()).contains("shutting_down");
        world.run(Duration.ofSeconds(10));
        assertThat(world.health().reasons()).containsExactly("shutting_down");
    }

    @Test
    void start_task_gates_readiness_and_calls_and_is_tried_again() {
        VirtualWorld other = new VirtualWorld();
        VirtualBackend database = new VirtualBackend(other);
        AtomicInteger attempts = new AtomicInteger();
        StartTask migrations = new StartTask("migrations", () -> {
            if (attempts.incrementAndGet() < 4) {
                throw new IllegalStateException("relation is locked");
            }
        });
        other.begin(List.of(database.watched(new ProbeTiming(), List.of(migrations))), watch -> database);
        other.until(() -> attempts.get() == 2, Duration.ofSeconds(5));

        assertThat(other.health().ready()).isFalse();
        assertThat(other.health().error()).contains("starting");
        assertThat(other.health().reasons()).contains("starting: migrations failed: relation is locked");
        assertThat(other.watch().breaker().tryAcquire()).isNull();

        other.until(() -> other.health().ready(), Duration.ofSeconds(30));
        assertThat(attempts).hasValue(4);
        other.run(Duration.ofSeconds(30));
        assertThat(attempts).as("never again").hasValue(4);
    }

    @Test
    void start_task_after_an_outage_is_told_as_starting() {
        VirtualWorld other = new VirtualWorld();
        VirtualBackend database = new VirtualBackend(other);
        database.is(VirtualBackend.Mode.REFUSING);
        StartTask never = new StartTask("migrations", () -> {
            throw new IllegalStateException("not yet");
        });
        other.begin(List.of(database.watched(new ProbeTiming(), List.of(never))), watch -> database);
        other.until(
                () -> other.health().error().equals(java.util.Optional.of("connection_refused")),
                Duration.ofSeconds(3));
        database.is(VirtualBackend.Mode.WELL);
        other.until(() -> other.health().error().equals(java.util.Optional.of("starting")), Duration.ofSeconds(3));
    }

    @Test
    void outage_before_the_start_is_told_once_and_not_again_when_the_start_tasks_are_done() {
        VirtualWorld other = new VirtualWorld();
        VirtualBackend database = new VirtualBackend(other);
        database.is(VirtualBackend.Mode.REFUSING);
        StartTask migrations = new StartTask("migrations", () -> {});
        other.begin(List.of(database.watched(new ProbeTiming(), List.of(migrations))), watch -> database);
        other.until(
                () -> other.health().error().equals(java.util.Optional.of("connection_refused")),
                Duration.ofSeconds(3));
        database.is(VirtualBackend.Mode.WELL);
        other.until(() -> other.status() == Status.UP, Duration.ofSeconds(10));

        assertThat(other.events(StatusChanged.class))
                .extracting(StatusChanged::to)
                .containsExactly(Status.DOWN, Status.UNKNOWN, Status.RECOVERING, Status.UP);
    }

    @Test
    void ready_doesNotComeBackAfterShuttingDown_howeverTheTwoThreadsRace() throws Exception {
        for (int i = 0; i < 300; i++) {
            VirtualWorld other = new VirtualWorld();
            VirtualBackend database = new VirtualBackend(other);
            Watch watch = database.watched();
            other.begin(List.of(watch), any -> database);
            other.until(() -> other.health().ready(), Duration.ofSeconds(2));
            Board board = new Board(other.time(), List.of(watch));
            CountDownLatch both = new CountDownLatch(2);
            Thread publishing = new Thread(() -> {
                meet(both);
                board.publish(List.of(watch), other.time().nanos());
            });
            publishing.start();
            meet(both);
            board.shuttingDown();
            publishing.join();
            assertThat(board.read().error()).as("round %d", i).contains("shutting_down");
        }
    }

    @Test
    void reportBeforeTheFirstStep_namesEachDependencyAsUnknown() {
        Board board = new Board(world.time(), List.of(new VirtualBackend(world).watched()));

        assertThat(board.read().error()).contains("starting");
        assertThat(board.read().dependencies()).singleElement().satisfies(one -> assertThat(one.status())
                .isEqualTo(Status.UNKNOWN));
    }

    private static void meet(CountDownLatch both) {
        both.countDown();
        while (both.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void dependencyWithoutAProbe_whoseFirstCallFailed_isUnknownAndNotUp() {
        VirtualWorld other = new VirtualWorld();
        Watch ranking = unprobed(other, true);
        other.begin(List.of(ranking), any -> new VirtualBackend(other));
        ranking.breaker().acquire().failure(failure(other));
        other.run(Duration.ofSeconds(1));
        assertThat(other.status()).isEqualTo(Status.UNKNOWN);
        assertThat(other.health().overall()).isEqualTo(Overall.DEGRADED);
        ranking.breaker().acquire().success();
        other.run(Duration.ofSeconds(1));
        assertThat(other.status()).isEqualTo(Status.UP);
    }

    @Test
    void dependencyWithoutAProbe_closedByAnOperatorInAnOutage_isUnknownUntilACallEnds() {
        VirtualWorld other = new VirtualWorld();
        Watch ranking = unprobed(other, true);
        other.begin(List.of(ranking), any -> new VirtualBackend(other));
        ranking.breaker().acquire().success();
        for (int i = 0; i < 5; i++) {
            ranking.breaker().acquire().failure(failure(other));
        }
        other.run(Duration.ofMillis(200));
        assertThat(other.status()).isEqualTo(Status.DOWN);
        ranking.operator().reset();
        other.run(Duration.ofMillis(200));
        assertThat(other.status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void bypassOfADependencyWithoutAProbe_endsOpenWhereItsCallsFailed() {
        VirtualWorld other = new VirtualWorld();
        Watch ranking = unprobed(other, true);
        other.begin(List.of(ranking), any -> new VirtualBackend(other));
        ranking.operator().bypass(new OperatorAct("ops", "drill", Duration.ofSeconds(2)));
        for (int i = 0; i < 5; i++) {
            ranking.breaker().acquire().failure(failure(other));
        }
        other.run(Duration.ofSeconds(1));
        assertThat(other.status()).isEqualTo(Status.DOWN);
        other.run(Duration.ofMillis(1_100));
        assertThat(ranking.breaker().view().state()).isEqualTo(BreakerState.OPEN);
        assertThat(ranking.breaker().view().failure()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void dependencyThatIsSwitchedOff_isDisabledNeverAskedAndRefusesEveryCall(boolean probed) {
        VirtualWorld other = new VirtualWorld();
        VirtualBackend database = new VirtualBackend(other);
        Watch off = probed ? database.watched(false) : unprobed(other, false);
        other.begin(List.of(off), any -> database);
        other.run(Duration.ofSeconds(30));
        assertThat(other.status()).isEqualTo(Status.DISABLED);
        assertThat(other.health().ready()).isTrue();
        assertThat(other.health().overall()).isEqualTo(Overall.HEALTHY);
        assertThat(database.asked).isZero();
        assertThatThrownBy(() -> off.breaker().acquire())
                .isInstanceOf(DependencyUnavailableException.class)
                .hasMessage(off.spec().name() + " is not available: it is switched off.");
        off.operator().bypass(new OperatorAct("ops", "drill", Duration.ofMinutes(1)));
        assertThat(off.breaker().tryAcquire()).isNull();
        assertThat(other.health().dependencies().get(0).breaker()).isEqualTo(BreakerState.OPEN);
    }

    private static Failure failure(VirtualWorld world) {
        return new Failure(
                FailureKind.CONNECTION_REFUSED,
                "Connection refused",
                world.time().now());
    }

    private static Watch unprobed(VirtualWorld world, boolean enabled) {
        return new Watch(
                new Supervised(
                        "ranking",
                        false,
                        enabled,
                        FailureClassifier.jdk(),
                        Optional.empty(),
                        new ProbeTiming(),
                        new BreakerSettings(),
                        20,
                        Duration.ofSeconds(2),
                        Recovery.none(),
                        List.of()),
                world.time());
    }
}
