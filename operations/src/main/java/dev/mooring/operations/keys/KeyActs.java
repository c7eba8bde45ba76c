package dev.mooring.operations.keys;

import dev.mooring.operations.access.Caller;
import dev.mooring.operations.access.Scope;
import dev.mooring.operations.audit.Audit;
import dev.mooring.operations.audit.AuditEntry;
import dev.mooring.operations.control.ControlTransactions;
import dev.mooring.postgres.id.UuidV7;
import dev.mooring.settings.Secret;
import dev.mooring.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes, lists and revokes keys. Each act and its entry in the audit are one transaction. It takes effect on this instance at once, on
 * the others when they read the keys again. Thread-safe.
 */
final class KeyActs {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final ControlTransactions control;
    private final Audit audit;
    private final KeyTable table;
    private final KeyRing ring;
    private final Time time;

    /** Works over {@code control}, where it also reads the keys into {@code ring} every 2 s from now on. */
    KeyActs(ControlTransactions control, Audit audit, KeyTable table, KeyRing ring, Time time) {
        this.control = control;
        this.audit = audit;
        this.table = table;
        this.ring = ring;
        this.time = time;
        control.every(PERIOD, "reading the keys", database -> ring.replace(table.valid(database)));
    }

    /** A new key. Nothing else holds its text. */
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
        control.call(database -> enter(database, hash, key), LIMIT);
        ring.add(hash, key);
        return new Made(key, text);
    }

    /** All valid keys, oldest first. */
    Collection<StoredKey> list() {
        return control.call(table::valid, LIMIT).values();
    }

    /** Revokes a key; changes nothing if it is revoked already. False if there is no key with that id. */
    boolean revoke(UUID id, Caller by) {
        boolean found = control.call(database -> end(database, id, by), LIMIT);
        ring.remove(id);
        return found;
    }

    private boolean enter(JdbcClient database, String hash, StoredKey key) {
        if (!table.insert(database, hash, key)) {
            throw KeyProblems.tooMany();
        }
        String scopes = String.join(" ", Scope.codes(key.scopes()));
        String end = key.expiresAt().map(at -> "; expires " + at).orElse("; does not expire");
        audit.append(
                database,
                AuditEntry.of(key.createdBy(), "key.create", key.owner().name(), "", "scopes " + scopes + end));
        return true;
    }

    private boolean end(JdbcClient database, UUID id, Caller by) {
        Optional<KeyTable.Found> found = table.find(database, id);
        if (found.isPresent() && !found.get().revoked()) {
            table.revoke(database, id, by.name());
            String subject = found.get().name() + "/" + id;
            audit.append(database, AuditEntry.of(by.name(), "key.revoke", subject, "", ""));
        }
        return found.isPresent();
    }
}
