package dev.mooring.cli.database;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.DependencyHealth;
import dev.mooring.health.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** A dependency that its own probes ask, such as Redis or an HTTP backend. */
final class SupervisedContact implements Contact {
    private static final Set<Status> WELL = EnumSet.of(Status.UP, Status.DEGRADED, Status.RECOVERING);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Dependency dependency;
    private final AutoCloseable owner;
    private final Mooring mooring;

    /** {@code owner} closes with this contact. */
    SupervisedContact(Dependency dependency, AutoCloseable owner) {
        this.dependency = dependency;
        this.owner = owner;
        this.mooring = Mooring.supervise(dependency);
    }

    @Override
    public String dependency() {
        return dependency.name();
    }

    @Override
    public String ask(Duration limit) throws NoAnswerException, InterruptedException {
        Instant begun = Instant.now();
        long end = System.nanoTime() + limit.toNanos();
        dependency.probeSoon();
        while (true) {
            DependencyHealth health =
                    mooring.health().dependency(dependency.name()).orElseThrow();
            if (WELL.contains(health.status())) {
                return dependency.name();
            }
            Failure failure = health.lastFailure()
                    .filter(one -> !one.at().isBefore(begun))
                    .orElse(null);
            if (failure != null) {
                throw new NoAnswerException(failure);
            }
            if (System.nanoTime() - end >= 0) {
                throw new NoAnswerException(new Failure(
                        FailureKind.RESPONSE_TIMEOUT, "no answer within " + limit.toMillis() + " ms", Instant.now()));
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    @Override
    public void close() {
        mooring.close();
        try {
            owner.close();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
