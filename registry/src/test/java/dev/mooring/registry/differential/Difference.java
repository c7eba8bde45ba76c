package dev.mooring.registry.differential;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Two answers to one call that do not agree.
 *
 * @param calls what led to it; the last one was answered in two ways
 */
record Difference(List<Call> calls, Answer real, Answer ours) {
    Call last() {
        return calls.get(calls.size() - 1);
    }

    @Override
    public String toString() {
        return calls.stream().map(Call::toString).collect(Collectors.joining("\n  ", "\n  ", ""))
                + "\nMLflow: " + real
                + "\nours:   " + ours;
    }
}
