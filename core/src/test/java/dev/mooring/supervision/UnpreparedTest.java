package dev.mooring.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.TransitionCause;
import dev.mooring.event.MooringEvent.BreakerMoved;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.probe.ProbeAnswer;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.probe.StartTask;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A backend that lost what the start tasks made, in virtual time. */
class UnpreparedTest {
    private static final ProbeAnswer LOST = ProbeAnswer.unprepared("another database answers");

    private final VirtualWorld world = new VirtualWorld();
    private final VirtualBackend backend = new VirtualBackend(world);
    private boolean locked;
    private int ran;

    @BeforeEach
    void begin() {
        world.begin(
                List.of(backend.watched(new ProbeTiming(), List.of(new StartTask("schema", this::prepare)))),
                watch -> backend);
        world.until(() -> world.health().ready(), Duration.ofSeconds(2));
        assertThat(ran).isOne();
    }

    private void prepare() {
        if (locked) {
            throw new IllegalStateException("the table is locked");
        }
        ran++;
        backend.answers(ProbeAnswer.well());
    }

    @Test
    void loss_opens_the_breaker_until_the_tasks_ran_again() {
        locked = true;
        backend.answers(LOST);
        world.until(() -> !world.health().ready(), Duration.ofSeconds(3));
        assertThat(world.watch().breaker().tryAcquire()).isNull();
        assertThat(moves()).contains(TransitionCause.UNPREPARED);
        world.run(Duration.ofSeconds(5));

        assertThat(world.health().error()).contains("schema_missing");
        assertThat(world.health().reasons().toString())
                .contains("database: schema_missing since", "starting: schema failed: the table is locked");
        assertThat(world.health("database").status()).isEqualTo(Status.UNKNOWN);
        assertThat(world.health("database").lastFailure().orElseThrow().kind()).isEqualTo(FailureKind.SCHEMA_MISSING);

        locked = false;
        world.until(() -> world.health().ready(), Duration.ofSeconds(12));
        assertThat(ran).isEqualTo(2);
        world.until(() -> world.status() == Status.UP, Duration.ofSeconds(5));
    }

    @Test
    void loss_during_an_outage_is_made_good_before_the_recovery() {
        backend.is(VirtualBackend.Mode.REFUSING);
        world.until(() -> world.status() == Status.DOWN, Duration.ofSeconds(5));
        backend.answers(LOST);
        backend.is(VirtualBackend.Mode.WELL);

        world.until(() -> world.watch().breaker().view().state() == BreakerState.RECOVERING, Duration.ofSeconds(3));

        assertThat(ran).isEqualTo(2);
        assertThat(moves()).doesNotContain(TransitionCause.UNPREPARED);
    }

    @Test
    void answer_without_start_tasks_is_an_answer_like_any_other() {
        VirtualWorld other = new VirtualWorld();
        VirtualBackend bare = new VirtualBackend(other);
        bare.answers(LOST);
        other.begin(List.of(bare.watched()), watch -> bare);

        other.until(() -> other.health().ready(), Duration.ofSeconds(2));
    }

    private List<TransitionCause> moves() {
        return world.events(BreakerMoved.class).stream()
                .map(BreakerMoved::cause)
                .toList();
    }
}
