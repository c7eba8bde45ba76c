package dev.mooring.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.breaker.Permit;
import dev.mooring.event.MooringEvent;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.HealthReport.Overall;
import dev.mooring.health.Status;
import dev.mooring.probe.Finding;
import dev.mooring.probe.ProbeAnswer;
import dev.mooring.probe.ProbeKind;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a verdict is reached, in virtual time: every figure here is exact. */
class VerdictTest {
    private final VirtualWorld world = new VirtualWorld();
    private final VirtualBackend backend = new VirtualBackend(world);

    @BeforeEach
    void begin() {
        world.begin(List.of(backend.watched()), watch -> backend);
    }

    @Test
    void nothing_asked_yet_is_unknown_and_not_ready() {
        assertThat(world.health().ready()).isFalse();
        assertThat(world.health().error()).contains("starting");
        assertThat(world.watch().breaker().tryAcquire()).isNull();
    }

    @Test
    void dependency_that_is_there_is_up_at_once_without_a_transition() {
        Duration took = world.until(this::isUp, Duration.ofSeconds(1));

        assertThat(took).isLessThan(Duration.ofMillis(200));
        assertThat(backend.verified).isOne();
        assertThat(transitionsTo(BreakerState.OPEN)).isZero();
        assertThat(transitionsTo(BreakerState.RECOVERING)).isZero();
    }

    @Test
    void dependency_that_comes_late_is_ready_within_a_second() {
        backend.is(VirtualBackend.Mode.REFUSING);
        world.run(Duration.ofSeconds(60));
        assertThat(world.health().error()).contains("connection_refused");
        backend.is(VirtualBackend.Mode.WELL);

        assertThat(world.until(() -> world.health().ready(), Duration.ofSeconds(5)))
                .isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void refusal_convicts_in_about_a_second_after_the_next_probe() {
        up();
        backend.is(VirtualBackend.Mode.REFUSING);

        Duration told = world.until(() -> !world.health().ready(), Duration.ofSeconds(5));

        assertThat(told).isLessThan(Duration.ofSeconds(3));
        assertThat(world.health("database").status()).isEqualTo(Status.DOWN);
        assertThat(world.health().reasons().get(0)).startsWith("database: connection_refused since 2026-01-01T");
    }

    @Test
    void one_lost_probe_condemns_nobody() {
        up();
        backend.is(VirtualBackend.Mode.REFUSING);
        world.until(() -> probesFailed() == 1, Duration.ofSeconds(5));
        backend.is(VirtualBackend.Mode.WELL);
        world.run(Duration.ofSeconds(30));

        assertThat(transitionsTo(BreakerState.OPEN)).isZero();
        assertThat(world.health().overall()).isEqualTo(Overall.HEALTHY);
    }

    @Test
    void silence_convicts_ten_seconds_after_the_last_answer() {
        up();
        world.run(Duration.ofSeconds(20));
        backend.is(VirtualBackend.Mode.FROZEN);

        Duration told = world.until(() -> !world.health().ready(), Duration.ofSeconds(20));

        assertThat(told).isBetween(Duration.ofSeconds(8), Duration.ofMillis(10_500));
        assertThat(world.health("database").lastFailure().orElseThrow().kind()).isEqualTo(FailureKind.RESPONSE_TIMEOUT);
    }

    @Test
    void silence_shorter_than_the_timeout_is_forgiven() {
        up();
        backend.is(VirtualBackend.Mode.FROZEN);
        world.run(Duration.ofSeconds(7));
        backend.is(VirtualBackend.Mode.WELL);
        world.run(Duration.ofSeconds(30));

        assertThat(transitionsTo(BreakerState.OPEN)).isZero();
    }

    @Test
    void frozen_dependency_that_thaws_is_back_within_a_second_and_a_half() {
        up();
        backend.is(VirtualBackend.Mode.FROZEN);
        world.until(() -> !world.health().ready(), Duration.ofSeconds(20));
        world.run(Duration.ofSeconds(60));
        backend.is(VirtualBackend.Mode.WELL);

        assertThat(world.until(() -> world.watch().breaker().tryAcquire() != null, Duration.ofSeconds(10)))
                .isLessThan(Duration.ofMillis(1_500));
    }

    @Test
    void black_hole_that_ends_is_over_within_three_seconds_and_everybody_is_admitted_two_seconds_later() {
        up();
        backend.is(VirtualBackend.Mode.BLACK_HOLE);
        Duration told = world.until(() -> !world.health().ready(), Duration.ofSeconds(20));
        assertThat(told).isLessThan(Duration.ofMillis(10_500));
        world.run(Duration.ofSeconds(60));
        backend.is(VirtualBackend.Mode.WELL);

        assertThat(world.until(() -> world.health().ready(), Duration.ofSeconds(10)))
                .isLessThan(Duration.ofSeconds(3));
        assertThat(world.until(this::isUp, Duration.ofSeconds(10))).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void server_that_hangs_until_its_queue_of_connections_is_full_is_told_as_the_same_outage() {
        up();
        backend.queue = 5;
        backend.is(VirtualBackend.Mode.HANGING);
        world.until(() -> !world.health().ready(), Duration.ofSeconds(20));
        List<String> told = world.health().reasons();
        assertThat(told.get(0)).startsWith("database: response_timeout since 2026-01-01T");

        for (int i = 0; i < 120; i++) {
            world.run(Duration.ofSeconds(1));
            assertThat(world.health().reasons()).isEqualTo(told);
            assertThat(refusal()).contains("after no answer for 10.", "(response_timeout)");
        }
        assertThat(backend.queued).isEqualTo(5);
        assertThat(world.health("database").lastFailure().orElseThrow().message())
                .isEqualTo(
                        "it accepted connections and did not answer; a new connection waits, too: Connect timed out");

        backend.is(VirtualBackend.Mode.WELL);
        assertThat(world.until(() -> world.watch().breaker().tryAcquire() != null, Duration.ofSeconds(10)))
                .isLessThan(Duration.ofMillis(2_500));
    }

    @Test
    void server_that_hangs_gets_few_connections_into_its_queue_and_is_back_at_once() {
        up();
        backend.is(VirtualBackend.Mode.HANGING);
        world.run(Duration.ofMinutes(5));
        System.out.println("measured connections in the queue after 5 min: " + backend.queued + " (at most 170)");
        assertThat(backend.queued).isLessThanOrEqualTo(170);

        backend.is(VirtualBackend.Mode.WELL);
        assertThat(world.until(() -> world.watch().breaker().tryAcquire() != null, Duration.ofSeconds(10)))
                .isLessThan(Duration.ofMillis(1_500));
    }

    @Test
    void outage_whose_failures_change_their_kind_is_told_with_the_time_of_the_change() {
        up();
        backend.is(VirtualBackend.Mode.HANGING);
        world.until(() -> !world.health().ready(), Duration.ofSeconds(20));
        world.run(Duration.ofMinutes(1));
        Instant changed = world.time().now();
        backend.is(VirtualBackend.Mode.REFUSING);
        world.run(Duration.ofSeconds(30));

        String reason = world.health().reasons().get(0);
        assertThat(reason).startsWith("database: connection_refused since ");
        assertThat(Duration.between(changed, Instant.parse(reason.substring(reason.lastIndexOf(' ') + 1))))
                .isBetween(Duration.ofSeconds(-1), Duration.ofSeconds(3));
        assertThat(refusal()).contains("(response_timeout, now connection_refused)");
    }

    @Test
    void black_hole_is_told_as_a_connect_timeout_from_the_first() {
        up();
        backend.is(VirtualBackend.Mode.BLACK_HOLE);
        world.until(() -> !world.health().ready(), Duration.ofSeconds(20));

        for (int i = 0; i < 60; i++) {
            assertThat(world.health().error()).contains("connect_timeout");
            world.run(Duration.ofSeconds(1));
        }
    }

    @Test
    void latency_of_three_hundred_milliseconds_is_no_outage() {
        up();
        backend.latency(Duration.ofMillis(300));
        world.run(Duration.ofMinutes(5));

        assertThat(transitionsTo(BreakerState.OPEN)).isZero();
        assertThat(world.health().overall()).isEqualTo(Overall.HEALTHY);
    }

    @Test
    void pause_of_our_own_is_excused() {
        up();
        for (int i = 0; i < 20; i++) {
            world.pause(Duration.ofSeconds(15));
            world.run(Duration.ofSeconds(1));
            assertThat(world.health().ready()).isTrue();
        }

        assertThat(transitionsTo(BreakerState.OPEN)).isZero();
    }

    @Test
    void refusal_for_good_convicts_on_the_first_answer_and_is_asked_every_five_seconds() {
        up();
        backend.refusesWith(() -> new SSLException("certificate expired"));
        world.until(() -> !world.health().ready(), Duration.ofSeconds(3));
        assertThat(probesFailed()).isOne();

        int before = backend.asked;
        world.run(Duration.ofSeconds(50));
        assertThat(backend.asked - before).isBetween(9, 11);
    }

    @Test
    void failing_log_in_beside_a_session_that_answers_degrades_and_does_not_convict() {
        up();
        backend.refusesOnly(ProbeKind.FRESH);
        world.until(() -> world.status() == Status.DEGRADED, Duration.ofSeconds(90));
        world.run(Duration.ofMinutes(5));

        assertThat(world.health().ready()).isTrue();
        assertThat(world.health().warnings().get(0)).contains("log-in fails while open sessions work");
        assertThat(transitionsTo(BreakerState.OPEN)).isZero();

        backend.is(VirtualBackend.Mode.WELL);
        world.until(this::isUp, Duration.ofSeconds(10));
    }

    @Test
    void real_call_that_succeeds_acquits() {
        up();
        backend.is(VirtualBackend.Mode.REFUSING);
        for (int i = 0; i < 100; i++) {
            world.run(Duration.ofMillis(100));
            Permit permit = world.watch().breaker().acquire();
            permit.success();
        }

        assertThat(transitionsTo(BreakerState.OPEN)).isZero();
    }

    @Test
    void failed_calls_alone_convict_nobody_but_ask_for_a_probe_at_once() {
        up();
        world.run(Duration.ofSeconds(10));
        int before = backend.asked;
        for (int i = 0; i < 50; i++) {
            world.watch().breaker().acquire().failure(failure());
        }
        world.run(Duration.ofMillis(250));

        assertThat(backend.asked - before).isBetween(1, 2);
        world.run(Duration.ofSeconds(30));
        assertThat(transitionsTo(BreakerState.OPEN)).isZero();
        assertThat(world.health().overall()).isEqualTo(Overall.HEALTHY);
    }

    @Test
    void finding_of_a_probe_degrades_until_the_next_answer_without_it() {
        up();
        backend.answers(ProbeAnswer.with(FailureKind.READ_ONLY, "the server is read-only"));
        world.until(() -> world.status() == Status.DEGRADED, Duration.ofSeconds(3));
        assertThat(world.health().ready()).isTrue();

        backend.answers(ProbeAnswer.well());
        world.until(this::isUp, Duration.ofSeconds(3));
    }

    @Test
    void note_of_a_call_degrades_at_once_until_it_is_cleared_or_has_held_long_enough() {
        Duration atOnce = Duration.ofMillis(20);
        up();
        world.watch().note(new Finding(FailureKind.SATURATED, "the pool is full"), Duration.ofSeconds(5));
        assertThat(world.until(() -> world.status() == Status.DEGRADED, Duration.ofSeconds(1)))
                .isLessThan(atOnce);
        assertThat(world.until(this::isUp, Duration.ofSeconds(10))).isLessThan(Duration.ofSeconds(6));

        world.watch().note(new Finding(FailureKind.DISK_FULL, "no space left"), Duration.ofHours(1));
        assertThat(world.until(() -> world.status() == Status.DEGRADED, Duration.ofSeconds(1)))
                .isLessThan(atOnce);
        world.watch().clear(FailureKind.DISK_FULL);
        assertThat(world.until(this::isUp, Duration.ofSeconds(1))).isLessThan(atOnce);
    }

    @Test
    void dependency_that_flaps_every_two_seconds_does_not_flap_the_breaker_or_the_health() {
        up();
        List<Boolean> readiness = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            backend.is(i % 2 == 0 ? VirtualBackend.Mode.REFUSING : VirtualBackend.Mode.WELL);
            for (int j = 0; j < 20; j++) {
                world.run(Duration.ofMillis(100));
                boolean ready = world.health().ready();
                if (readiness.isEmpty() || readiness.get(readiness.size() - 1) != ready) {
                    readiness.add(ready);
                }
            }
        }
        System.out.println("measured readiness changes in 150 flaps: " + (readiness.size() - 1) + " (at most 6)");
        assertThat(readiness.size() - 1).as("changes of readiness").isLessThanOrEqualTo(6);
        assertThat(transitionsTo(BreakerState.OPEN)).as("openings").isLessThanOrEqualTo(4);

        backend.is(VirtualBackend.Mode.WELL);
        assertThat(world.until(this::isUp, Duration.ofSeconds(60))).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void outage_is_told_with_the_time_to_detect_and_to_recover() {
        up();
        backend.is(VirtualBackend.Mode.REFUSING);
        world.run(Duration.ofSeconds(30));
        backend.is(VirtualBackend.Mode.WELL);
        world.until(this::isUp, Duration.ofSeconds(10));

        assertThat(world.events(MooringEvent.OutageDetected.class)).hasSize(1);
        assertThat(world.events(MooringEvent.OutageDetected.class).get(0).after())
                .isLessThan(Duration.ofSeconds(4));
        assertThat(world.events(MooringEvent.Recovered.class).get(0).after())
                .isBetween(Duration.ofSeconds(26), Duration.ofSeconds(32));
        assertThat(backend.opened).isOne();
    }

    private void up() {
        world.until(this::isUp, Duration.ofSeconds(2));
    }

    private String refusal() {
        return assertThatThrownBy(() -> world.watch().breaker().acquire())
                .isInstanceOf(DependencyUnavailableException.class)
                .actual()
                .getMessage();
    }

    private boolean isUp() {
        return !world.health().dependencies().isEmpty() && world.status() == Status.UP;
    }

    private long probesFailed() {
        return world.events(MooringEvent.ProbeEnded.class).stream()
                .filter(e -> e.failure().isPresent())
                .count();
    }

    private long transitionsTo(BreakerState state) {
        return world.events(MooringEvent.BreakerMoved.class).stream()
                .filter(e -> e.to() == state)
                .count();
    }

    private Failure failure() {
        return Failure.of(
                        new ConnectException("Connection refused"),
                        dev.mooring.failure.FailureClassifier.jdk(),
                        world.time().now())
                .orElseThrow();
    }
}
