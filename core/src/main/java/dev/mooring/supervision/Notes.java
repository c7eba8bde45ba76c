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

    private record Note(Finding finding, long expires) {}

    void put(Finding finding, Duration holds, long now) {
        notes.put(finding.kind(), new Note(finding, now + holds.toNanos()));
    }

    void clear(FailureKind kind) {
        if (!notes.isEmpty()) {
            notes.remove(kind);
        }
    }

    List<Finding> at(long now) {
        if (notes.isEmpty()) {
            return List.of();
        }
        notes.values().removeIf(note -> note.expires() - now <= 0);
        List<Finding> present = new ArrayList<>();
        notes.values().forEach(note -> present.add(note.finding()));
        return present;
    }
}
