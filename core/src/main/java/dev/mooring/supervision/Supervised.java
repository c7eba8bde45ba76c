package dev.mooring.supervision;

import dev.mooring.breaker.BreakerSettings;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.probe.Probe;
import dev.mooring.probe.ProbeTiming;
import dev.mooring.probe.Recovery;
import dev.mooring.probe.StartTask;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the supervisor has to know of a dependency.
 *
 * @param name its name, in lower case
 * @param critical whether the service cannot be ready without it
 * @param enabled false when a setting switched it off: it is told as {@code disabled} and never asked
 * @param classifier tells the kind of a failure
 * @param probe how to ask it; without one, outcomes of calls decide
 * @param timing when to ask
 * @param breaker when to refuse calls
 * @param capacity how many calls run at once in normal operation
 * @param patience how long a call waits for its turn while the dependency recovers
 * @param recovery what to do with pooled connections around an outage
 * @param startTasks what must be done once, in this order, before calls are admitted
 */
public record Supervised(
        String name,
        boolean critical,
        boolean enabled,
        FailureClassifier classifier,
        Optional<Probe> probe,
        ProbeTiming timing,
        BreakerSettings breaker,
        int capacity,
        Duration patience,
        Recovery recovery,
        List<StartTask> startTasks) {
    public Supervised {
        startTasks = List.copyOf(startTasks);
    }
}
