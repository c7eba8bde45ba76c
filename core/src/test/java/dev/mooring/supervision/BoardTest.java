package dev.mooring.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.event.MooringEvent.StatusChanged;
import dev.mooring.health.HealthReport.Overall;
import dev.mooring.health.Status;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.probe.StartTask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told when the supervisor lives, stalls, or the service starts and stops. */
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
}
