package dev.mooring.messages;

import java.util.List;
import java.util.Map;

/**
 * A delivery that ended and is not recorded yet.
 *
 * @param lines what its results mean, by key; the keys that are recorded go away
 * @param rulings all of them, which stay
 * @param first one of its attempts, which knows how long the lease holds
 * @param begun when it began, in nanoseconds of this process's clock
 */
record Carried(Map<String, List<Ruling>> lines, List<Ruling> rulings, DeliveryAttempt first, long begun) {
    static Carried of(Map<String, List<Ruling>> lines, DeliveryAttempt first, long begun) {
        return new Carried(lines, lines.values().stream().flatMap(List::stream).toList(), first, begun);
    }

    /** The key of a single message. */
    String key() {
        return first.message().key();
    }

    /** Whether it is one message whose end changes nothing else, so that it may be recorded together with others. */
    boolean isPlain() {
        return rulings.size() == 1 && rulings.get(0).also() == Result.Recording.NOTHING;
    }
}
