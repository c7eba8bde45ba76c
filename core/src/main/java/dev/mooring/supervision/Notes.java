package dev.mooring.supervision;

import dev.mooring.failure.FailureKind;
import dev.mooring.probe.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Findings of real calls that no probe can see: a full disk, missing rights, a full pool. Thread-safe; at most one for each
 * failure kind.
 */
final class Notes {
    private final Map<FailureKind, Note> notes = new ConcurrentHashMap<>();

    private record Note(Finding finding, long expires) {
        boolean hasExpired(long now) {
            return expires - now <= 0;
        }
    }

    /** Adds a finding; true if no finding of its kind held before. */
    boolean put(Finding finding, Duration holds, long now) {
        Note before = notes.put(finding.kind(), new Note(finding, now + holds.toNanos()));
        return before == null || before.hasExpired(now);
    }

    /** Removes the finding of a kind; true if there was one. */
    boolean clear(FailureKind kind) {
        return !notes.isEmpty() && notes.remove(kind) != null;
    }

    List<Finding> at(long now) {
        if (notes.isEmpty()) {
            return List.of();
        }
        notes.values().removeIf(note -> note.hasExpired(now));
        List<Finding> present = new ArrayList<>();
        notes.values().forEach(note -> present.add(note.finding()));
        return present;
    }
}
