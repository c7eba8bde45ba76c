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
 * The description of a dependency that the supervisor works with.
 *
 * @param name its name, in lower case
 * @param critical whether the service is not ready while it is down
 * @param enabled false when a setting switched it off: its status is {@code disabled}, and the supervisor never probes it
 * @param classifier reads the kinds of its failures
 * @param probe how to probe it; without one, outcomes of calls decide
 * @param timing when to probe it
 * @param breaker when to refuse calls
 * @param capacity how many calls run at the same time in normal operation
 * @param patience how long a call waits for its turn while the dependency recovers
 * @param recovery what to do with pooled connections around an outage
 * @param startTasks the work to do in this order before the breaker lets calls in; done once, and again when a probe misses it
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
