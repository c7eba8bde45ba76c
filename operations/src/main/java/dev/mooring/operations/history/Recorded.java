package dev.mooring.operations.history;

import dev.mooring.health.Status;
import dev.mooring.history.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A change as an earlier run recorded it.
 *
 * @param run the run of the service
 * @param instance the instance that ran it
 * @param change the recorded change
 * @param seenUntil the last heartbeat of the run while this was its latest change of the dependency
 */
record Recorded(UUID run, String instance, StateChange change, Instant seenUntil) {
    private record Line(UUID run, String dependency) {}

    /**
     * The changes of {@code recorded}, and for each run and dependency one more to {@link Status#UNKNOWN} at the last heartbeat of
     * the run: after it, the run did not watch the dependency.
     */
    static List<StateChange> withEnds(List<Recorded> recorded) {
        Map<Line, Recorded> last = new LinkedHashMap<>();
        List<StateChange> all = new ArrayList<>();
        for (Recorded one : recorded) {
            all.add(one.change());
            last.merge(
                    new Line(one.run(), one.change().dependency()),
                    one,
                    (some, other) -> some.change().at().isAfter(other.change().at()) ? some : other);
        }
        last.values().stream()
                .filter(one -> one.change().to() != Status.UNKNOWN)
                .forEach(one -> all.add(one.end()));
        return all;
    }

    private StateChange end() {
        Instant until = seenUntil.isBefore(change.at()) ? change.at() : seenUntil;
        return new StateChange(
                change.dependency(),
                until,
                change.to(),
                Status.UNKNOWN,
                Duration.between(change.at(), until),
                "last heartbeat of " + instance,
                Optional.empty());
    }
}
