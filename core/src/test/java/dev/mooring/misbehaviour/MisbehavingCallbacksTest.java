package dev.mooring.misbehaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.Dependency;
import dev.mooring.DependencyBuilder;
import dev.mooring.Mooring;
import dev.mooring.event.MooringEvent;
import dev.mooring.health.Status;
import dev.mooring.probe.ProbeAnswer;
import dev.mooring.probe.ProbeTiming;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each callback that an application hands over with a dependency, in each way to misbehave: supervision goes on, health tells the truth
 * about the dependency and about the others, and the end of supervision waits for nothing.
 */
@Timeout(30)
class MisbehavingCallbacksTest {
    private static final ProbeTiming QUICK = new ProbeTiming(Duration.ofMillis(100), Duration.ofMillis(400));

    private final AtomicInteger otherAsked = new AtomicInteger();
    private final AtomicBoolean otherIsWell = new AtomicBoolean(true);
    private final List<Status> otherWas = new CopyOnWriteArrayList<>();

    static Stream<Arguments> everyCallbackInEveryWay() {
        return Arrays.stream(Callback.values())
                .flatMap(callback -> Arrays.stream(Misbehaviour.values()).map(way -> Arguments.of(callback, way)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyCallbackInEveryWay")
    @Execution(ExecutionMode.CONCURRENT)
    void callback_thatMisbehaves_harmsItsOwnDependencyAlone(Callback callback, Misbehaviour way) {
        Scene scene = new Scene(way);
        scene.well.set(callback.inAnOutage);
        DependencyBuilder builder = Dependency.named("sick").optional().timing(QUICK);
        callback.into(builder, scene);
        Dependency sick = builder.build();
        Dependency other = Dependency.named("other")
                .timing(QUICK)
                .probe(attempt -> asked())
                .build();

        Mooring mooring = Mooring.supervise(List.of(sick, other), List.of(this::listen));
        try {
            await().until(() -> status(mooring, "other") == Status.UP);
            if (callback.inAnOutage) {
                await().until(() -> status(mooring, "sick") == Status.UP);
                scene.well.set(false);
                await("health tells that it is down").until(() -> status(mooring, "sick") == Status.DOWN);
            }
            if (callback != Callback.RECOVERY_VERIFY) {
                await("the callback was called").until(() -> scene.misbehaved.get() > 0);
            }
            int before = otherAsked.get();
            await("the other is asked as before").until(() -> otherAsked.get() >= before + 3);
            assertThat(otherWas).as("statuses of the other").containsExactly(Status.UP);
            assertThat(mooring.health().ready()).isTrue();

            otherIsWell.set(false);
            await("the other's own outage shows").until(() -> status(mooring, "other") == Status.DOWN);
        } finally {
            long begun = System.nanoTime();
            mooring.close();
            scene.letGo();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyCallbackInEveryWay")
    @Execution(ExecutionMode.CONCURRENT)
    void dependency_whoseCallbackBehavesAgain_isUsedAgain(Callback callback, Misbehaviour way) {
        Scene scene = new Scene(way);
        scene.well.set(callback.inAnOutage);
        DependencyBuilder builder = Dependency.named("sick").timing(QUICK);
        callback.into(builder, scene);
        Dependency sick = builder.build();
        try (Mooring mooring = Mooring.supervise(sick)) {
            if (callback.inAnOutage) {
                await().until(() -> status(mooring, "sick") == Status.UP);
                scene.well.set(false);
                await().until(() -> status(mooring, "sick") == Status.DOWN);
            } else {
                await().until(() -> scene.misbehaved.get() > 0);
            }
            scene.behaves.set(true);
            scene.letGo();
            scene.well.set(true);
            await("back in use").atMost(Duration.ofSeconds(15)).until(() -> status(mooring, "sick") == Status.UP);
            assertThat(sick.call(() -> "an answer").orElse(() -> "refused")).isEqualTo("an answer");
        }
    }

    private ProbeAnswer asked() {
        otherAsked.incrementAndGet();
        if (!otherIsWell.get()) {
            throw new IllegalStateException("down");
        }
        return ProbeAnswer.well();
    }

    private void listen(MooringEvent event) {
        if (event instanceof MooringEvent.StatusChanged changed
                && changed.dependency().equals("other")) {
            otherWas.add(changed.to());
        }
    }

    private static Status status(Mooring mooring, String dependency) {
        return mooring.health().dependency(dependency).orElseThrow().status();
    }
}
