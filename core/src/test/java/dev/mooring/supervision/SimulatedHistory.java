package dev.mooring.supervision;

import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.BreakerView;
import dev.mooring.breaker.OperatorAct;
import dev.mooring.breaker.TransitionCause;
import dev.mooring.event.MooringEvent;
import dev.mooring.supervision.SimulatedBackend.Condition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * One history, drawn from a seed: it hurts, calls and operates dependencies at random for a while, and then leaves them alone until
 * all of them are back. The supervisor, the watches and the breakers are the real ones; only time and the backends are virtual.
 */
final class SimulatedHistory {
    private static final List<Condition> CONDITIONS = List.of(Condition.values());
    private static final int LAST_EVENTS = 40;
    private static final Duration HEALS_WITHIN = Duration.ofSeconds(150);

    private final RandomGenerator random;
    private final VirtualWorld world;
    private final List<SimulatedDependency> dependencies = new ArrayList<>();
    private final Map<String, SimulatedDependency> byName = new HashMap<>();
    private final StatusChecks statuses;
    private final Deque<Remembered> last = new ArrayDeque<>();
    private boolean healing;
    private final Map<TransitionCause, Integer> causes = new EnumMap<>(TransitionCause.class);

    SimulatedHistory(long seed) {
        this(seed, false);
    }

    /** With {@code lying} every probe answers that all is well, whatever the backend does. */
    SimulatedHistory(long seed, boolean lying) {
        random = new SplittableRandom(seed);
        world = new VirtualWorld(((SplittableRandom) random).split());
        statuses = new StatusChecks(world);
        int number = 1 + random.nextInt(4);
        for (int i = 0; i < number; i++) {
            SimulatedDependency dependency = new SimulatedDependency(i, world, random);
            dependency.backend.lies(lying);
            dependencies.add(dependency);
            byName.put(dependency.name, dependency);
        }
    }

    /** An event; it becomes words only when an invariant is broken. */
    private record Remembered(long at, Object what) {
        @Override
        public String toString() {
            return at / 1_000_000 + " ms " + what;
        }
    }

    /** Runs the history; throws the broken invariant, with the last events. */
    void run() {
        try {
            live();
        } catch (AssertionError broken) {
            AssertionError told =
                    new AssertionError(broken.getMessage() + "\nafter " + world.elapsed() / 1e9 + " s" + words());
            told.setStackTrace(broken.getStackTrace());
            throw told;
        }
    }

    /** How often the breakers moved, by cause. */
    Map<TransitionCause, Integer> causes() {
        return causes;
    }

    /** How long it was, in virtual time. */
    Duration lasted() {
        return Duration.ofNanos(world.elapsed());
    }

    long calls() {
        return dependencies.stream().mapToLong(d -> d.calls.made()).sum();
    }

    long lateOutcomes() {
        return dependencies.stream().mapToLong(d -> d.calls.late()).sum();
    }

    private void live() {
        world.listener(this::told);
        world.afterStep(this::afterStep);
        world.begin(
                dependencies.stream().map(d -> d.watch).toList(),
                watch -> byName.get(watch.spec().name()).backend);
        for (SimulatedDependency dependency : dependencies) {
            if (random.nextInt(4) == 0) {
                hurt(dependency);
            }
            plan(3, () -> hurt(dependency));
            plan(20, () -> operate(dependency));
            if (!dependency.spec.startTasks().isEmpty()) {
                plan(10, () -> loseWhatTheTasksMade(dependency));
            }
            Duration period = Duration.ofMillis(List.of(20, 100, 1_000).get(random.nextInt(3)));
            new SimulatedCalls(dependency, world, random).begin(period);
        }
        plan(12, this::pause);
        world.run(Duration.ofSeconds(5 + random.nextInt(20)));
        heal();
    }

    /** Repeats {@code what} at random times, {@code seconds} apart in the mean, until all is to heal. */
    private void plan(int seconds, Runnable what) {
        world.after(Duration.ofMillis(random.nextInt(2_000 * seconds)), () -> {
            if (!healing) {
                what.run();
                plan(seconds, what);
            }
        });
    }

    private void hurt(SimulatedDependency dependency) {
        if (random.nextInt(8) == 0) {
            flap(dependency, Duration.ofMillis(100 + random.nextInt(2_500)), 4 + random.nextInt(12));
        } else if (random.nextInt(3) == 0) {
            become(dependency, Condition.WELL);
        } else {
            become(dependency, CONDITIONS.get(random.nextInt(CONDITIONS.size())));
        }
    }

    private void loseWhatTheTasksMade(SimulatedDependency dependency) {
        dependency.backend.lose();
        remember(dependency.name + " lost what its start tasks made");
    }

    private void flap(SimulatedDependency dependency, Duration every, int times) {
        if (!healing && times > 0) {
            become(dependency, times % 2 == 0 ? Condition.REFUSING : Condition.WELL);
            world.after(every, () -> flap(dependency, every, times - 1));
        }
    }

    private void become(SimulatedDependency dependency, Condition next) {
        Condition before = dependency.backend.condition();
        int takes = next == Condition.SLOW ? 300 + random.nextInt(1_200) : 1 + random.nextInt(40);
        dependency.backend.is(next, Duration.ofMillis(takes));
        dependency.limits.conditionChanged(before, next);
        remember(dependency.name + " is " + next + " (" + takes + " ms)");
    }

    private void operate(SimulatedDependency dependency) {
        OperatorAct act = new OperatorAct("ops", "drill", Duration.ofMillis(100 + random.nextInt(12_000)));
        int order = random.nextInt(4);
        dependency.states.ordered(act.lasts(), order == 3);
        switch (order) {
            case 0 -> dependency.watch.operator().open(act);
            case 1 -> dependency.watch.operator().bypass(act);
            case 2 -> dependency.watch.operator().reset();
            default -> dependency.watch.operator().close();
        }
    }

    private void pause() {
        Duration howLong = Duration.ofMillis(100 + random.nextInt(random.nextInt(3) == 0 ? 15_000 : 2_000));
        world.pause(howLong);
        remember("this process stood still for " + howLong);
    }

    private void heal() {
        healing = true;
        dependencies.forEach(dependency -> become(dependency, Condition.WELL));
        world.until(() -> dependencies.stream().allMatch(this::isBack), HEALS_WITHIN);
        world.run(Duration.ofSeconds(1));
        dependencies.forEach(dependency -> {
            if (dependency.enabled) {
                dependency.states.atTheEnd();
            }
            dependency.calls.checkCounts();
        });
    }

    private boolean isBack(SimulatedDependency dependency) {
        return !dependency.enabled || (dependency.states.state() == BreakerState.CLOSED && !dependency.isStarting());
    }

    private void told(MooringEvent event) {
        SimulatedDependency dependency = byName.get(event.dependency());
        if (event instanceof MooringEvent.BreakerMoved move) {
            causes.merge(move.cause(), 1, Integer::sum);
            dependency.limits.moved(move);
            dependency.states.moved(move);
        } else if (event instanceof MooringEvent.ProbeEnded probe) {
            dependency.limits.probeEnded(probe);
            boolean excused = world.elapsed() - probe.took().toNanos() <= world.lastPauseEnd();
            if (probe.failure().isPresent() && !excused) {
                dependency.states.probeFailed();
            }
        }
        remember(event);
    }

    private void afterStep() {
        List<BreakerView> views = new ArrayList<>(dependencies.size());
        for (SimulatedDependency dependency : dependencies) {
            BreakerView view = dependency.watch.breaker().view();
            views.add(view);
            dependency.calls.afterStep(view);
            if (dependency.enabled) {
                dependency.states.afterStep();
                dependency.limits.afterStep(view);
            }
        }
        statuses.afterStep(dependencies, views);
    }

    private String words() {
        String all = dependencies.stream()
                .map(d -> d + ", " + d.watch.breaker().view())
                .collect(Collectors.joining("\n  ", "\n  ", "\n  "));
        return all + last.stream().map(Remembered::toString).collect(Collectors.joining("\n  "));
    }

    private void remember(Object what) {
        if (last.size() >= LAST_EVENTS) {
            last.removeFirst();
        }
        last.add(new Remembered(world.elapsed(), what));
    }
}
