package dev.mooring.operations.keys;

import dev.mooring.operations.access.Caller;
import dev.mooring.operations.access.StoredKeys;
import dev.mooring.settings.Secret;
import dev.mooring.time.Time;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** All valid keys in memory, by the hashes of their texts. Thread-safe. */
final class KeyRing implements StoredKeys {
    private final Time time;

    /**
     * By hash; empty until the first reading. Volatile, because requests read it. This object's lock guards the change from one map to
     * the next; no map changes itself.
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
    public boolean hasTheForm(Secret key) {
        return KeyText.isOne(key);
    }

    @Override
    public boolean isUndecided(Secret key) {
        return keys.isEmpty() && KeyText.isOne(key);
    }

    @Override
    public boolean areNone() {
        return keys.filter(Map::isEmpty).isPresent();
    }

    /** Replaces all keys; {@code all} are the valid keys of the table. */
    synchronized void replace(Map<String, StoredKey> all) {
        keys = Optional.of(Map.copyOf(all));
    }

    /** Adds a key that this instance made. */
    void add(String hash, StoredKey key) {
        change(all -> all.put(hash, key));
    }

    /** Removes a key that this instance revoked. */
    void remove(UUID id) {
        change(all -> all.values().removeIf(key -> key.id().equals(id)));
    }

    /** Changes nothing before the first reading, which will find the change in the table. */
    private synchronized void change(Consumer<Map<String, StoredKey>> edit) {
        keys = keys.map(all -> {
            Map<String, StoredKey> copy = new HashMap<>(all);
            edit.accept(copy);
            return Map.copyOf(copy);
        });
    }
}
