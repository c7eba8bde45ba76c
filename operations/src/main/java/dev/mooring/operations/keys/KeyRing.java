package dev.mooring.operations.keys;

import dev.mooring.operations.access.Caller;
import dev.mooring.operations.access.StoredKeys;
import dev.mooring.settings.Secret;
import dev.mooring.time.Time;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** All valid keys in memory, by the hashes of their texts. Thread-safe. */
final class KeyRing implements StoredKeys {
    private final Time time;

    /**
     * By hash; empty until the first reading. Volatile, because requests read it. This object's lock guards the change from one map to
     * the next; no map changes itself.
     */
    private volatile Optional<Map<String, Held>> keys = Optional.empty();

    private record Held(StoredKey key, LastUse use) {}

    KeyRing(Time time) {
        this.time = time;
    }

    @Override
    public Optional<Caller> owner(Secret key) {
        if (!KeyText.isOne(key)) {
            return Optional.empty();
        }
        Instant now = time.now();
        Optional<Held> held = keys.map(known -> known.get(KeyText.hash(key)))
                .filter(found -> found.key().isValidAt(now));
        held.ifPresent(found -> found.use().note(now));
        return held.map(found -> found.key().owner());
    }

    @Override
    public boolean looksLikeOne(Secret key) {
        return KeyText.wasOne(key);
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
        Map<String, Held> before = keys.orElse(Map.of());
        Map<String, Held> now = new HashMap<>();
        all.forEach((hash, key) -> {
            Held known = before.get(hash);
            now.put(hash, new Held(key, known == null ? new LastUse() : known.use()));
        });
        keys = Optional.of(Map.copyOf(now));
    }

    /** When each key was last used on this instance, without those that were not. */
    Map<UUID, Instant> lastUses() {
        return uses(LastUse::last);
    }

    /** The same, without what an earlier call of this method gave. Only one thread calls it. */
    Map<UUID, Instant> newUses() {
        return uses(LastUse::toWrite);
    }

    private Map<UUID, Instant> uses(Function<LastUse, Optional<Instant>> wanted) {
        Map<UUID, Instant> uses = new HashMap<>();
        keys.orElse(Map.of()).values().forEach(held -> wanted.apply(held.use())
                .ifPresent(at -> uses.put(held.key().id(), at)));
        return uses;
    }

    /** Adds a key that this instance made. */
    void add(String hash, StoredKey key) {
        change(all -> all.put(hash, new Held(key, new LastUse())));
    }

    /** Removes a key that this instance revoked. */
    void remove(UUID id) {
        change(all -> all.values().removeIf(held -> held.key().id().equals(id)));
    }

    /** Changes nothing before the first reading, which will find the change in the table. */
    private synchronized void change(Consumer<Map<String, Held>> edit) {
        keys = keys.map(all -> {
            Map<String, Held> copy = new HashMap<>(all);
            edit.accept(copy);
            return Map.copyOf(copy);
        });
    }
}
