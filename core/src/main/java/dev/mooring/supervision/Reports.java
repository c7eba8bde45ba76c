package dev.mooring.supervision;

import dev.mooring.breaker.BreakerState;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.DependencyHealth;
import dev.mooring.health.HealthReport;
import dev.mooring.health.HealthReport.Overall;
import dev.mooring.health.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Combines the health of all dependencies into one report. */
final class Reports {
    private static final String STARTING = "starting";
    private static final String SHUTTING_DOWN = "shutting_down";
    private static final Duration SAME_MOMENT = Duration.ofSeconds(1);

    private Reports() {}

    /** The report before the first step, with dependencies of which nothing is known yet. */
    static HealthReport starting(Instant at, List<DependencyHealth> unasked) {
        List<String> starting = List.of(STARTING);
        return unready(at, starting, starting, STARTING, List.of(), unasked);
    }

    static HealthReport of(
            Instant at,
            List<DependencyHealth> dependencies,
            Optional<PendingStart> pendingStart,
            boolean shuttingDown) {
        List<String> warnings =
                dependencies.stream().flatMap(one -> one.warnings().stream()).toList();
        List<String> reasons = new ArrayList<>();
        Optional<String> error = Optional.empty();
        if (shuttingDown) {
            reasons.add(SHUTTING_DOWN);
            error = Optional.of(SHUTTING_DOWN);
        }
        for (DependencyHealth dependency : dependencies) {
            Optional<String> code = errorOf(dependency);
            if (dependency.critical() && code.isPresent()) {
                reasons.add(code.get().equals(STARTING) ? STARTING : reason(dependency, code.get()));
                outageBehindOrder(dependency).ifPresent(reasons::add);
                error = error.or(() -> code);
            }
        }
        List<String> openReasons = new ArrayList<>(reasons);
        if (pendingStart.isPresent()) {
            reasons.add(STARTING + ": " + pendingStart.get().words());
            openReasons.add(STARTING + ": " + pendingStart.get().openWords());
            error = error.or(() -> Optional.of(STARTING));
        }
        if (error.isPresent()) {
            return unready(at, reasons, openReasons, error.get(), warnings, dependencies);
        }
        boolean allWell = dependencies.stream().allMatch(Reports::isWell);
        Overall overall = allWell ? Overall.HEALTHY : Overall.DEGRADED;
        return new HealthReport(at, overall, List.of(), List.of(), Optional.empty(), warnings, dependencies);
    }

    /**
     * The report while the supervisor is stalled. Every status becomes unknown, except disabled. The service is not ready if it was not
     * ready before, or if {@code tooLong} says that the stall has lasted too long.
     */
    static HealthReport stale(HealthReport last, boolean tooLong) {
        List<DependencyHealth> unknown = last.dependencies().stream()
                .map(d -> d.status() == Status.DISABLED ? d : d.withStatus(Status.UNKNOWN))
                .toList();
        if (tooLong || !last.ready()) {
            String error = last.error().orElse("unknown");
            List<String> stalled = List.of("unknown: the supervisor is stalled");
            return unready(
                    last.at(),
                    last.ready() ? stalled : last.reasons(),
                    last.ready() ? stalled : last.openReasons(),
                    error,
                    last.warnings(),
                    unknown);
        }
        return new HealthReport(
                last.at(), Overall.DEGRADED, List.of(), List.of(), Optional.empty(), last.warnings(), unknown);
    }

    /** Whether the two reports differ in times only. */
    static boolean sayTheSame(HealthReport one, HealthReport other) {
        return one.overall() == other.overall()
                && one.reasons().equals(other.reasons())
                && one.warnings().equals(other.warnings())
                && statesAreTheSame(one.dependencies(), other.dependencies());
    }

    private static boolean statesAreTheSame(List<DependencyHealth> some, List<DependencyHealth> others) {
        boolean same = some.size() == others.size();
        for (int i = 0; same && i < some.size(); i++) {
            DependencyHealth one = some.get(i);
            DependencyHealth other = others.get(i);
            same = one.name().equals(other.name())
                    && one.status() == other.status()
                    && one.breaker() == other.breaker()
                    && one.lastFailure()
                            .map(Failure::kind)
                            .equals(other.lastFailure().map(Failure::kind));
        }
        return same;
    }

    private static HealthReport unready(
            Instant at,
            List<String> reasons,
            List<String> openReasons,
            String error,
            List<String> warnings,
            List<DependencyHealth> all) {
        return new HealthReport(at, Overall.UNHEALTHY, reasons, openReasons, Optional.of(error), warnings, all);
    }

    /** The code of the reason why a critical dependency makes the service not ready; empty when the dependency does not. */
    private static Optional<String> errorOf(DependencyHealth dependency) {
        return switch (dependency.status()) {
            case DOWN ->
                Optional.of(
                        dependency.breaker() == BreakerState.FORCED_OPEN
                                ? BreakerState.FORCED_OPEN.code()
                                : dependency
                                        .lastFailure()
                                        .map(f -> f.kind().code())
                                        .orElse("unknown"));
            case UNKNOWN -> admitsCalls(dependency) ? Optional.empty() : Optional.of(notStarted(dependency));
            case UP, DEGRADED, RECOVERING, DISABLED -> Optional.empty();
        };
    }

    /** Where a probe found the work of the start tasks gone, that is the reason, and not a start. */
    private static String notStarted(DependencyHealth dependency) {
        return dependency
                .lastFailure()
                .map(Failure::kind)
                .filter(kind -> kind == FailureKind.SCHEMA_MISSING)
                .map(FailureKind::code)
                .orElse(STARTING);
    }

    private static String reason(DependencyHealth dependency, String code) {
        return dependency.name() + ": " + code + " since "
                + since(dependency, code).truncatedTo(ChronoUnit.SECONDS);
    }

    /** The outage that lasts while an operator keeps the breaker open; empty where the dependency answers. */
    private static Optional<String> outageBehindOrder(DependencyHealth dependency) {
        return dependency.breaker() == BreakerState.FORCED_OPEN
                ? dependency
                        .failingSince()
                        .flatMap(began -> dependency.lastFailure().map(failure -> words(dependency, failure, began)))
                : Optional.empty();
    }

    private static String words(DependencyHealth dependency, Failure failure, Instant began) {
        return dependency.name() + ": " + failure.kind().code() + " since " + began.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * When the dependency went down, or, if its failures changed their kind after that, when they did. The failure that made it down may carry
     * a time that is read a moment later.
     */
    private static Instant since(DependencyHealth dependency, String code) {
        return dependency
                .failingSince()
                .filter(changed -> changed.isAfter(dependency.since().plus(SAME_MOMENT)))
                .filter(changed -> dependency
                        .lastFailure()
                        .filter(failure -> failure.kind().code().equals(code))
                        .isPresent())
                .orElse(dependency.since());
    }

    private static boolean isWell(DependencyHealth dependency) {
        return dependency.status() == Status.UP
                || dependency.status() == Status.DISABLED
                || (dependency.status() == Status.UNKNOWN && isUntried(dependency));
    }

    private static boolean admitsCalls(DependencyHealth dependency) {
        return dependency.breaker() == BreakerState.CLOSED || dependency.breaker() == BreakerState.BYPASSED;
    }

    /** Whether the breaker admits calls and the dependency has had no failure, so no evidence is against it. */
    private static boolean isUntried(DependencyHealth dependency) {
        return admitsCalls(dependency) && dependency.lastFailure().isEmpty();
    }
}
