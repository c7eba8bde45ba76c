package dev.mooring.supervision;

import static dev.mooring.supervision.Invariant.BYPASSED_TELLS_THE_PROBES_WORD;
import static dev.mooring.supervision.Invariant.READY_FITS_THE_STATUSES;
import static dev.mooring.supervision.Invariant.REASON_IS_NAMED;
import static dev.mooring.supervision.Invariant.STATUS_FITS_THE_BREAKER;
import static dev.mooring.supervision.Invariant.SWITCHED_OFF_IS_LEFT_ALONE;
import static dev.mooring.supervision.Invariant.UNKNOWN_ENDS;

import dev.mooring.breaker.BreakerState;
import dev.mooring.breaker.BreakerView;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.DependencyHealth;
import dev.mooring.health.HealthReport;
import dev.mooring.health.Status;
import dev.mooring.supervision.SimulatedBackend.Condition;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks health against the breakers. */
final class StatusChecks {
    private static final long SETTLED = Duration.ofSeconds(5).toNanos();

    private final VirtualWorld world;
    /** Dependencies that had done their start tasks when the breaker let calls in. */
    private final Set<SimulatedDependency> started = new HashSet<>();

    StatusChecks(VirtualWorld world) {
        this.world = world;
    }

    void afterStep(List<SimulatedDependency> dependencies, List<BreakerView> views) {
        HealthReport report = world.health();
        boolean ready = true;
        for (int i = 0; i < dependencies.size(); i++) {
            SimulatedDependency dependency = dependencies.get(i);
            DependencyHealth health = report.dependencies().get(i);
            if (!dependency.enabled) {
                SWITCHED_OFF_IS_LEFT_ALONE.holds(
                        health.status() == Status.DISABLED
                                && views.get(i).state() == BreakerState.OPEN
                                && dependency.backend.asked() == 0,
                        () -> health + " of " + dependency);
                continue;
            }
            boolean fits = fits(dependency, views.get(i), health);
            STATUS_FITS_THE_BREAKER.holds(fits, () -> health + " of " + dependency);
            checkBypassed(dependency, health);
            checkUnknown(dependency, health);
            boolean bars = health.status() == Status.DOWN
                    || (health.status() == Status.UNKNOWN
                            && health.breaker() != BreakerState.CLOSED
                            && health.breaker() != BreakerState.BYPASSED)
                    || dependency.isStarting();
            ready &= !(dependency.critical && bars);
        }
        READY_FITS_THE_STATUSES.holds(report.ready() == ready, report::toString);
        REASON_IS_NAMED.holds(ready || isNamed(report), report::toString);
    }

    private boolean fits(SimulatedDependency dependency, BreakerView view, DependencyHealth health) {
        Status told = health.status();
        boolean never = dependency.calls.noneSucceeded() && (!dependency.probed || dependency.limits.noneAnswered());
        long closed = dependency.states.closedSince();
        boolean mayBeUnknown = never
                || (dependency.probed
                        ? dependency.limits.noneAnsweredSince(closed)
                        : dependency.calls.noneSucceededSince(closed));
        boolean letIn =
                view.state() == BreakerState.CLOSED || (view.state() == BreakerState.RECOVERING && view.verified());
        if (dependency.isStarting()) {
            started.remove(dependency);
        } else if (letIn) {
            started.add(dependency);
        }
        boolean beginning = !dependency.spec.startTasks().isEmpty() && !started.contains(dependency);
        return health.breaker() == view.state()
                && switch (view.state()) {
                    case CLOSED -> told == Status.UNKNOWN ? mayBeUnknown : !never && told == working(health);
                    case OPEN ->
                        told == Status.DOWN
                                || (told == Status.UNKNOWN && (dependency.states.isUntouched() || beginning));
                    case RECOVERING ->
                        view.verified()
                                ? told == Status.RECOVERING
                                : told == Status.DOWN || (told == Status.UNKNOWN && beginning);
                    case FORCED_OPEN -> told == Status.DOWN;
                    case BYPASSED ->
                        told == Status.DOWN
                                || (told == Status.UNKNOWN ? mayBeUnknown : !never && told == working(health));
                };
    }

    private static Status working(DependencyHealth health) {
        return health.findings().isEmpty() ? Status.UP : Status.DEGRADED;
    }

    private void checkBypassed(SimulatedDependency dependency, DependencyHealth health) {
        if (dependency.states.state() != BreakerState.BYPASSED || !dependency.probed) {
            return;
        }
        TimeLimits limits = dependency.limits;
        boolean down = health.status() == Status.DOWN;
        // Where only the probe's code is broken, successful calls acquitted the dependency until the bypass began.
        boolean checkBroken = dependency.backend.condition() == Condition.CHECK_BROKEN;
        long since = checkBroken ? dependency.states.since() : dependency.states.cleanSince();
        long counted = Math.min(limits.unchangedFor(), world.elapsed() - since);
        boolean must = limits.isDead() && counted > limits.toldWithin(false);
        boolean mustNot = limits.isWell() && limits.unchangedFor() > SETTLED;
        BYPASSED_TELLS_THE_PROBES_WORD.holds(!(down ? mustNot : must), () -> health + " of " + dependency);
    }

    private void checkUnknown(SimulatedDependency dependency, DependencyHealth health) {
        long counted = Math.min(dependency.limits.unchangedFor(), world.elapsed() - dependency.states.closedSince());
        boolean overdue = counted > dependency.spec.timing().timeout().toNanos() + SETTLED;
        UNKNOWN_ENDS.holds(
                !(dependency.probed && health.status() == Status.UNKNOWN && dependency.limits.isDead() && overdue),
                () -> health + " of " + dependency);
    }

    /**
     * A reason is a state of the service or the kind of a failure; it is unknown only where no failure was seen, or none of a known
     * kind.
     */
    private static boolean isNamed(HealthReport report) {
        boolean unseen = report.dependencies().stream()
                .anyMatch(d -> d.critical()
                        && d.lastFailure()
                                .map(failure -> failure.kind() == FailureKind.UNKNOWN)
                                .orElse(true));
        return !report.reasons().isEmpty()
                && report.error().isPresent()
                && (unseen || !report.error().get().equals("unknown"));
    }
}
