package dev.mooring.registry.differential;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A real MLflow server and our registry, which get the same calls. Not thread-safe. */
final class Pair {
    private final Server real;
    private final Server ours;

    Pair(Server real, Server ours) {
        this.real = real;
        this.ours = ours;
    }

    /** Sends the calls to both, each time beginning with an empty registry; gives the first difference that is not known. */
    Optional<Difference> run(List<Call> history) {
        begin();
        for (int call = 0; call < history.size(); call++) {
            Optional<Difference> difference = send(history.subList(0, call + 1));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    /** Sends the calls to both as {@link #run} does, and goes on after a difference. */
    List<Difference> runAll(List<Call> history) {
        begin();
        return IntStream.rangeClosed(1, history.size())
                .mapToObj(calls -> send(history.subList(0, calls)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Empties both. */
    void begin() {
        real.begin();
        ours.begin();
    }

    /** Sends the last of the calls to both. */
    private Optional<Difference> send(List<Call> calls) {
        Call last = calls.get(calls.size() - 1);
        Answer there = real.send(last);
        Answer here = ours.send(last);
        return there.agreesWith(here) || KnownDifference.of(last, there, here).isPresent()
                ? Optional.empty()
                : Optional.of(new Difference(List.copyOf(calls), there, here));
    }

    /** Leaves out calls as long as the last one is still answered in two ways, and the time lasts. */
    Difference shortest(Difference found, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        Difference shortest = found;
        for (int size = found.calls().size() / 2; size > 0; size /= 2) {
            for (int from = shortest.calls().size() - 1 - size;
                    from >= 0 && System.nanoTime() - end < 0;
                    from -= size) {
                shortest = without(shortest, from, size).orElse(shortest);
                from = Math.min(from, shortest.calls().size() - 1);
            }
        }
        return shortest;
    }

    private Optional<Difference> without(Difference difference, int from, int size) {
        List<Call> fewer = new ArrayList<>(difference.calls());
        fewer.subList(from, Math.min(from + size, fewer.size() - 1)).clear();
        return run(fewer).filter(still -> still.last().equals(difference.last()));
    }
}
