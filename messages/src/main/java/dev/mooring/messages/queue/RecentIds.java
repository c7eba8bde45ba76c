package dev.mooring.messages.queue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The ids of the messages that were processed last, a bounded number of them, in memory. Thread-safe. */
final class RecentIds {
    private final Set<UUID> ids;

    RecentIds(int most) {
        ids = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
                return size() > most;
            }
        }));
    }

    boolean contains(UUID id) {
        return ids.contains(id);
    }

    void add(UUID id) {
        ids.add(id);
    }
}
