package dev.mooring.supervision;

import dev.mooring.breaker.Breaker;
import dev.mooring.breaker.BreakerView;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.breaker.Permit;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.supervision.SimulatedBackend.Condition;
import dev.mooring.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Calls to one dependency at a drawn rate: most end soon, some late, some never, some call again inside, some are cancelled. */
final class SimulatedCalls {
    private static final int DEEPEST = 3;

    private final SimulatedDependency dependency;
    private final VirtualWorld world;
    private final RandomGenerator random;

    SimulatedCalls(SimulatedDependency dependency, VirtualWorld world, RandomGenerator random) {
        this.dependency = dependency;
        this.world = world;
        this.random = random;
    }

    /** One call every {@code period} or so, from now on. */
    void begin(Duration period) {
        world.after(Duration.ofNanos(random.nextLong(1 + 2 * period.toNanos())), () -> {
            call(1);
            begin(period);
        });
    }

    void call(int depth) {
        BreakerView before = dependency.watch.breaker().view();
        Permit permit = random.nextBoolean() ? dependency.watch.breaker().tryAcquire() : acquireNow();
        if (permit == null) {
            dependency.calls.refused(before);
            return;
        }
        CallModel.Call call = dependency.calls.admitted(before);
        Condition begun = dependency.backend.condition();
        Duration takes = dependency.backend.callTakes();
        switch (random.nextInt(60)) {
            case 0 -> {} // never returned
            case 1, 2 -> end(permit, call, begun, Duration.ofMillis(random.nextInt(40_000)));
            case 3 -> world.after(takes, () -> cancel(permit, call));
            case 4, 5 -> {
                if (depth < DEEPEST) {
                    call(depth + 1);
                }
                end(permit, call, begun, takes);
            }
            default -> end(permit, call, begun, takes);
        }
    }

    private @Nullable Permit acquireNow() {
        Breaker breaker = dependency.watch.breaker();
        try (Deadline.Scope none = Deadline.in(Duration.ZERO, world.time()).open()) {
            return breaker.acquire();
        } catch (DependencyUnavailableException refused) {
            return null;
        }
    }

    private void end(Permit permit, CallModel.Call call, Condition begun, Duration after) {
        world.after(after, () -> {
            Optional<FailureKind> failure = dependency.backend.callEnds(begun);
            Runnable ended = dependency.calls.ending(call);
            if (failure.isPresent()) {
                dependency.calls.failed();
                permit.failure(
                        new Failure(failure.get(), "simulated", world.time().now()));
            } else {
                dependency.calls.succeeded(call);
                permit.success();
            }
            ended.run();
        });
    }

    private void cancel(Permit permit, CallModel.Call call) {
        Runnable ended = dependency.calls.ending(call);
        dependency.calls.ignored();
        permit.ignore();
        ended.run();
    }
}
