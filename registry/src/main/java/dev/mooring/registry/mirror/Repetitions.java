package dev.mooring.registry.mirror;

import dev.mooring.registry.gateway.RegistryAnswer;
import dev.mooring.registry.gateway.RegistryCall;
import dev.mooring.registry.store.Origin;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Recognizes answers that were entered lately, so that a read that clients repeat all the time costs the database little. Thread-safe. */
final class Repetitions {
    private static final int MOST = 4_096;
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Guarded by the lock of this object; the oldest first. */
    private final Map<Integer, Last> last = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Last> eldest) {
            return size() > MOST;
        }
    };

    private record Last(int answer, long sentAt) {}

    /** Whether the answer to this call is another one than the last, or that one is old. */
    synchronized boolean isNew(Origin origin, RegistryCall call, RegistryAnswer answer) {
        int asked = Objects.hash(origin, call.call().path().resource(), call.query(), Arrays.hashCode(call.body()));
        Last next = new Last(Arrays.hashCode(answer.body()), call.sentAt());
        Last before = last.get(asked);
        if (before != null && before.answer() == next.answer() && next.sentAt() - before.sentAt() < FRESH_NANOS) {
            return false;
        }
        last.remove(asked);
        last.put(asked, next);
        return true;
    }
}
