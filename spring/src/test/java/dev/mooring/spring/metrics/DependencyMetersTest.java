package dev.mooring.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.breaker.OperatorAct;
import dev.mooring.event.MooringEvent;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.probe.ProbeAnswer;
import dev.mooring.retry.Backoff;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(60)
class DependencyMetersTest {
    private static final Backoff TWICE =
            Backoff.exponential(Duration.ofMillis(1)).factor(1).attempts(2);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicBoolean well = new AtomicBoolean(true);
    private final Dependency backend = Dependency.named("backend")
            .probe(attempt -> {
                if (!well.get()) {
                    throw new ConnectException("Connection refused");
                }
                return ProbeAnswer.well();
            })
            .retryBudget(0.1)
            .build();
    private final Dependency redis =
            Dependency.named("redis").optional().enabled(false).build();
    private Mooring mooring;

    @AfterEach
    void close() {
        mooring.close();
    }

    @Test
    void meters_beforeAnythingHappened_areThereWithZero() {
        begin();
        assertThat(value("mooring.calls", "outcome", "failure", "kind", "disk_full"))
                .isZero();
        assertThat(value("mooring.breaker.transitions", "from", "closed", "to", "open", "cause", "silence"))
                .isZero();
        assertThat(value("mooring.connection.attempts", "outcome", "failure", "kind", "connection_refused"))
                .isZero();
        assertThat(value("mooring.retries", "outcome", "success")).isZero();
        assertThat(value("mooring.retry.budget.exhausted")).isZero();
        assertThat(registry.get("mooring.recovery")
                        .tag("dependency", "backend")
                        .timer()
                        .count())
                .isZero();
    }

    @Test
    void calls_byTheirOutcome_areCountedAndMeasured() {
        begin();
        backend.call(() -> 1).orElse(() -> 0);
        backend.call(this::refused).orElse(() -> 0);
        assertThatThrownBy(() -> backend.call(() -> {
                            throw new CancellationException("the caller left");
                        })
                        .get())
                .isInstanceOf(CancellationException.class);
        backend.operator().open(new OperatorAct("test", "drill", Duration.ofMinutes(1)));
        assertThatThrownBy(() -> backend.call(() -> 1).get()).isInstanceOf(DependencyUnavailableException.class);

        assertThat(value("mooring.calls", "outcome", "success", "kind", "none")).isOne();
        assertThat(value("mooring.calls", "outcome", "failure", "kind", "connection_refused"))
                .isOne();
        assertThat(value("mooring.calls", "outcome", "ignored", "kind", "none")).isOne();
        assertThat(value("mooring.breaker.refused")).isOne();
        assertThat(registry.get("mooring.call").timer().count())
                .as("all but the refused one")
                .isEqualTo(3);
        await().until(() ->
                value("mooring.breaker.transitions", "from", "closed", "to", "forced_open", "cause", "operator") == 1);
        assertThat(value("mooring.breaker.state", "state", "forced_open")).isOne();
        assertThat(value("mooring.breaker.state", "state", "closed")).isZero();
    }

    @Test
    void retries_byTheirOutcome_areCountedUntilTheBudgetIsSpent() {
        begin();
        AtomicBoolean again = new AtomicBoolean();
        backend.call(() -> again.getAndSet(true) ? 1 : refused())
                .retrying(TWICE)
                .orElse(() -> 0);
        for (int i = 0; i < 20; i++) {
            backend.call(this::refused).retrying(TWICE).orElse(() -> 0);
        }
        assertThat(value("mooring.retries", "outcome", "success")).isOne();
        assertThat(value("mooring.retries", "outcome", "failure")).isEqualTo(9);
        assertThat(value("mooring.retry.budget.exhausted")).isEqualTo(11);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void outage_andItsEnd_areTold() {
        begin();
        well.set(false);
        await().until(() -> value("mooring.dependency.up", "critical", "true") == 0);
        assertThat(value("mooring.dependency.status", "status", "down")).isOne();
        well.set(true);
        await().until(() -> value("mooring.dependency.status", "status", "up") == 1);
        await().until(() -> registry.get("mooring.recovery").timer().count() == 1);

        assertThat(registry.get("mooring.detection").timer().count()).isOne();
        assertThat(registry.get("mooring.detection").timer().max(java.util.concurrent.TimeUnit.SECONDS))
                .isBetween(0.5, 3.0);
        assertThat(registry.get("mooring.probe")
                        .tag("outcome", "failure")
                        .timer()
                        .count())
                .isGreaterThanOrEqualTo(5);
        assertThat(value(
                        "mooring.breaker.transitions", "from", "closed", "to", "open", "cause", "consecutive_failures"))
                .isOne();
        assertThat(value("mooring.breaker.last.transition.timestamp"))
                .isBetween(Instant.now().getEpochSecond() - 10.0, Instant.now().getEpochSecond() + 1.0);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void transitionsOfTheRun_areAllKnownBeforehand() {
        begin();
        long known = registry.find("mooring.breaker.transitions").counters().size();
        OperatorAct act = new OperatorAct("test", "drill", Duration.ofMillis(100));
        backend.operator().bypass(act);
        backend.operator().open(act);
        await().until(() -> backend.breaker().view().state() == BreakerState.CLOSED);
        well.set(false);
        await().until(() -> backend.breaker().view().state() == BreakerState.OPEN);
        backend.operator().reset();
        well.set(true);
        await().until(() -> value("mooring.dependency.status", "status", "up") == 1);

        assertThat(registry.find("mooring.breaker.transitions").counters()).hasSize((int) known);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void timesInStatusesAndStates_addUpToTheTimeSinceTheStart() {
        long begun = System.nanoTime();
        begin();
        well.set(false);
        await().until(() -> value("mooring.dependency.up", "critical", "true") == 0);
        double statuses = sum("mooring.dependency.seconds");
        double states = sum("mooring.breaker.seconds");
        double passed = (System.nanoTime() - begun) / 1e9;

        assertThat(statuses).isBetween(passed - 0.2, passed);
        assertThat(states).isBetween(passed - 0.2, passed);
    }

    @Test
    void disabledDependency_isToldAsSuchAndAlertsNobody() {
        begin();
        await().until(() -> registry.get("mooring.dependency.status")
                        .tags("dependency", "redis", "status", "disabled")
                        .gauge()
                        .value()
                == 1);
        assertThat(registry.find("mooring.dependency.up")
                        .tag("dependency", "redis")
                        .gauge())
                .isNull();
    }

    @Test
    void attemptsToConnect_areCountedByKind() {
        begin();
        Failure refused = new Failure(FailureKind.CONNECTION_REFUSED, "refused", Instant.now());
        backend.publish(attempt(Optional.of(refused)));
        backend.publish(attempt(Optional.empty()));

        await().until(() -> value("mooring.connection.attempts", "outcome", "success", "kind", "none") == 1);
        assertThat(value("mooring.connection.attempts", "outcome", "failure", "kind", "connection_refused"))
                .isOne();
    }

    @Test
    void meterOfCalls_denied_takesTheClockAway() {
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("mooring.call"));
        begin();
        backend.call(() -> 1).orElse(() -> 0);

        assertThat(registry.find("mooring.call").meters()).isEmpty();
        assertThat(backend.timer().begin()).as("0 stands for: not measured").isZero();
    }

    private void begin() {
        EventMeters events = new EventMeters(registry);
        mooring = Mooring.supervise(List.of(backend, redis), List.of(events));
        assertThat(new DependencyMeters(mooring, registry, events)).isNotNull();
        await().until(() -> mooring.health()
                .dependency("backend")
                .filter(health -> health.status() == Status.UP)
                .isPresent());
    }

    private int refused() throws ConnectException {
        throw new ConnectException("Connection refused");
    }

    private double value(String name, String... tags) {
        Meter meter = registry.get(name).tag("dependency", "backend").tags(tags).meter();
        return Stream.of(meter.measure().iterator().next())
                .mapToDouble(Measurement::getValue)
                .sum();
    }

    private double sum(String name) {
        return registry.get(name).tag("dependency", "backend").functionCounters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static MooringEvent attempt(Optional<Failure> failure) {
        return new MooringEvent.ConnectionAttempted("backend", Instant.now(), Duration.ZERO, failure);
    }
}
