package dev.mooring.supervision;

import dev.mooring.breaker.BreakerSettings;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.probe.Recovery;
import dev.mooring.probe.StartTask;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One dependency of a history: drawn settings, its backend, and what must hold for it. */
final class SimulatedDependency {
    final String name;
    final boolean probed;
    final boolean critical;
    /** False for the few that are switched off; of them the simulation checks only that supervision leaves them alone. */
    final boolean enabled;

    final SimulatedBackend backend;
    final Supervised spec;
    final Watch watch;
    final StateModel states;
    final CallModel calls;
    final TimeLimits limits;

    private final Throwable startError;
    private int startFailures;

    SimulatedDependency(int number, VirtualWorld world, RandomGenerator random) {
        name = "dependency-" + number;
        probed = random.nextInt(5) < 3;
        critical = random.nextBoolean();
        enabled = random.nextInt(10) != 0;
        backend = new SimulatedBackend(world, random);
        startError = random.nextBoolean()
                ? new IllegalStateException("relation is locked")
                : new NoClassDefFoundError("dev/example/Migration");
        startFailures = random.nextInt(4);
        List<StartTask> tasks =
                probed && random.nextInt(4) == 0 ? List.of(new StartTask("migrations", this::start)) : List.of();
        if (!tasks.isEmpty()) {
            backend.lose();
        }
        spec = new Supervised(
                name,
                critical,
                enabled,
                classifier(random),
                probed ? Optional.of(backend) : Optional.empty(),
                timing(random),
                settings(random),
                oneOf(random, 1, 4, 20),
                Duration.ofSeconds(2),
                probed ? backend : Recovery.none(),
                tasks);
        watch = new Watch(spec, world.time());
        states = new StateModel(this, world);
        calls = new CallModel(this, world);
        limits = new TimeLimits(this, world);
    }

    private BreakerSettings settings(RandomGenerator random) {
        BreakerSettings drawn = new BreakerSettings()
                .failures(oneOf(random, 5, 5, 3, 1, 10))
                .recoveryTimeout(Duration.ofSeconds(oneOf(random, 60, 12, 6, 2)))
                .successes(oneOf(random, 3, 3, 1, 5))
                .maxRecoveryAttempts(oneOf(random, 3, 1, 2));
        return random.nextInt(6) == 0 ? drawn.failureRate(0.5, oneOf(random, 10, 50)) : drawn;
    }

    private static ProbeTiming timing(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> new ProbeTiming(Duration.ofMillis(500), Duration.ofSeconds(3));
            case 1 -> new ProbeTiming(Duration.ofSeconds(1), Duration.ofSeconds(5));
            default -> new ProbeTiming();
        };
    }

    private static int oneOf(RandomGenerator random, int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** A classifier that works, throws or returns null; the JDK's classifier reads what a broken one does not. */
    private static FailureClassifier classifier(RandomGenerator random) {
        FailureClassifier handedOver =
                switch (random.nextInt(8)) {
                    case 0 ->
                        error -> {
                            throw new IllegalStateException("a bug in the classifier");
                        };
                    case 1 ->
                        error -> {
                            throw new StackOverflowError();
                        };
                    case 2 -> error -> null;
                    default -> FailureClassifier.jdk();
                };
        return FailureClassifier.fenced(handedOver);
    }

    private void start() {
        if (startFailures-- > 0) {
            if (startError instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) startError;
        }
        backend.prepare();
    }

    boolean isStarting() {
        return enabled && watch.pendingStart().isPresent();
    }

    @Override
    public String toString() {
        return name + (probed ? " with a probe " : " without a probe ") + spec.breaker() + " " + spec.timing()
                + ", capacity " + spec.capacity() + ", now " + backend.condition()
                + (isStarting()
                        ? ", starting: "
                                + watch.pendingStart().map(PendingStart::words).orElse("")
                        : "");
    }
}
