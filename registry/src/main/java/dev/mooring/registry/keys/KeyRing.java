package dev.mooring.registry.keys;

import dev.mooring.registry.access.Caller;
import dev.mooring.registry.access.StoredKeys;
import dev.mooring.settings.Secret;
import dev.mooring.time.Time;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** All valid keys in memory: their hashes and what they may be used for. Thread-safe. */
final class KeyRing implements StoredKeys {
    private final Time time;

    /**
     * By hash; empty until they were read for the first time. Volatile: requests read it. Written under this object's lock, which
     * guards the change from one map to the next; no map is ever changed.
     */
    private volatile Optional<Map<String, StoredKey>> keys = Optional.empty();

    KeyRing(Time time) {
        this.time = time;
    }

    @Override
    public Optional<Caller> owner(Secret key) {
        if (!KeyText.isOne(key)) {
            return Optional.empty();
        }
        return keys.map(known -> known.get(KeyText.hash(key)))
                .filter(found -> found.isValidAt(time.now()))
                .map(StoredKey::owner);
    }

    @Override
    public boolean isUndecided(Secret key) {
        return keys.isEmpty() && KeyText.isOne(key);
    }

    @Override
    public boolean areNone() {
        return keys.filter(Map::isEmpty).isPresent();
    }

    /** These are all that there are, as the table says. */
    synchronized void replace(Map<String, StoredKey> all) {
        keys = Optional.of(Map.copyOf(all));
    }

    /** This one was made here. */
    void add(String hash, StoredKey key) {
        change(all -> all.put(hash, key));
    }

    /** This one was revoked here. */
    void remove(UUID id) {
        change(all -> all.values().removeIf(key -> key.id().equals(id)));
    }

    /** Nothing as long as they were not read: they will be, with the change in them. */
    private synchronized void change(Consumer<Map<String, StoredKey>> edit) {
        keys = keys.map(all -> {
            Map<String, StoredKey> copy = new HashMap<>(all);
            edit.accept(copy);
            return Map.copyOf(copy);
        });
    }
}
