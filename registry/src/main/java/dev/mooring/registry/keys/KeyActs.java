package dev.mooring.registry.keys;

import dev.mooring.registry.access.Caller;
import dev.mooring.registry.access.Scope;
import dev.mooring.registry.audit.Audit;
import dev.mooring.registry.audit.AuditEntry;
import dev.mooring.registry.control.ControlConnection;
import dev.mooring.registry.id.UuidV7;
import dev.mooring.settings.Secret;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Makes, lists and revokes keys. Each act and its entry in the audit are one transaction; this instance obeys at once, the others when
 * they read the keys again. Thread-safe.
 */
final class KeyActs {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final ControlConnection control;
    private final Audit audit;
    private final KeyRing ring;
    private final Time time;

    /** Acts over {@code control}, which from now on also reads the keys again and again. */
    KeyActs(ControlConnection control, Audit audit, KeyRing ring, Time time) {
        this.control = control;
        this.audit = audit;
        this.ring = ring;
        this.time = time;
        control.every(PERIOD, "reading the keys", connection -> ring.replace(KeyTable.valid(connection)));
    }

    /** A key that was made. It is nowhere else. */
    record Made(StoredKey key, Secret text) {}

    Made make(NewKey wanted, Caller maker) {
        Instant now = time.now().truncatedTo(ChronoUnit.MICROS);
        wanted.refuseUnlessWithin(maker, now);
        Secret text = KeyText.random();
        StoredKey key = new StoredKey(
                UuidV7.at(now.toEpochMilli()),
                wanted.name(),
                wanted.scopes(),
                now,
                maker.name(),
                wanted.expiresIn().map(now::plus));
        String hash = KeyText.hash(text);
        control.call(connection -> enter(connection, hash, key), LIMIT);
        ring.add(hash, key);
        return new Made(key, text);
    }

    /** All valid keys, oldest first. */
    Collection<StoredKey> list() {
        return control.call(KeyTable::valid, LIMIT).values();
    }

    /** Ends a key for good; once more does nothing. False when there is none of that id. */
    boolean revoke(UUID id, Caller by) {
        boolean found = control.call(connection -> end(connection, id, by), LIMIT);
        ring.remove(id);
        return found;
    }

    private boolean enter(Connection connection, String hash, StoredKey key) throws SQLException {
        if (!KeyTable.insert(connection, hash, key)) {
            throw KeyProblems.tooMany();
        }
        String scopes = key.scopes().stream().sorted().map(Scope::code).collect(Collectors.joining(" "));
        String end = key.expiresAt().map(at -> "; expires " + at).orElse("; does not expire");
        audit.append(
                connection,
                AuditEntry.of(key.createdBy(), "key.create", key.owner().name(), "", "scopes " + scopes + end));
        return true;
    }

    private boolean end(Connection connection, UUID id, Caller by) throws SQLException {
        Optional<KeyTable.Found> found = KeyTable.find(connection, id);
        if (found.isPresent() && !found.get().revoked()) {
            KeyTable.revoke(connection, id, by.name());
            String subject = found.get().name() + "/" + id;
            audit.append(connection, AuditEntry.of(by.name(), "key.revoke", subject, "", ""));
        }
        return found.isPresent();
    }
}
