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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes, lists and revokes keys. Each act and its entry in the audit are one transaction. It takes effect on this instance at once, on
 * the others when they read the keys again. Thread-safe.
 */
final class KeyActs {
    private static final Logger LOG = LoggerFactory.getLogger(KeyActs.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration USES = Duration.ofMinutes(1);
    private static final int MOST_NAMED = 10;

    private final ControlTransactions control;
    private final Audit audit;
    private final KeyTable table;
    private final KeyRing ring;
    private final boolean keysAreAskedFor;
    private final Time time;

    /** Whether the keys that end were named. Only the control thread uses it. */
    private boolean toldEnding;

    /**
     * Works over {@code control}, where it also reads the keys into {@code ring} every 2 s from now on, and writes their last uses every
     * minute.
     */
    KeyActs(
            ControlTransactions control,
            Audit audit,
            KeyTable table,
            KeyRing ring,
            boolean keysAreAskedFor,
            Time time) {
        this.control = control;
        this.audit = audit;
        this.table = table;
        this.ring = ring;
        this.keysAreAskedFor = keysAreAskedFor;
        this.time = time;
        control.every(PERIOD, "reading the keys", this::read);
        control.every(USES, "writing when keys were last used", this::writeUses);
    }

    private void read(JdbcClient database) {
        if (keysAreAskedFor && !toldEnding) {
            tellEnding(table.ending(database));
            toldEnding = true;
        }
        ring.replace(table.valid(database));
    }

    private static void tellEnding(List<StoredKey> ending) {
        if (!ending.isEmpty()) {
            String names = ending.stream()
                    .limit(MOST_NAMED)
                    .map(key -> key.owner().name())
                    .collect(Collectors.joining(", "));
            LOG.warn(
                    "{} keys do not work, because they were made while calls needed no key: {}{}; make others for callers that"
                            + " shall work on, and revoke these",
                    ending.size(),
                    names,
                    ending.size() > MOST_NAMED ? " and more" : "");
        }
    }

    private void writeUses(JdbcClient database) {
        if (KeyTable.takesWrites(database)) {
            KeyTable.used(database, ring.newUses());
        }
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
                wanted.expiresIn().map(now::plus),
                Standing.of(!keysAreAskedFor, wanted.staysBecause().isPresent()),
                Optional.empty());
        String hash = KeyText.hash(text);
        control.call(database -> enter(database, hash, key, wanted.staysBecause()), LIMIT);
        ring.add(hash, key);
        return new Made(key, text);
    }

    /** All valid keys, oldest first. */
    List<StoredKey> list() {
        Map<UUID, Instant> uses = ring.lastUses();
        return control.call(table::valid, LIMIT).values().stream()
                .map(key -> key.usedAt(Optional.ofNullable(uses.get(key.id()))))
                .toList();
    }

    /** Revokes a key; changes nothing if it is revoked already. False if there is no key with that id. */
    boolean revoke(UUID id, Caller by) {
        boolean found = control.call(database -> end(database, id, by), LIMIT);
        ring.remove(id);
        return found;
    }

    private boolean enter(JdbcClient database, String hash, StoredKey key, Optional<String> staysBecause) {
        if (!table.insert(database, hash, key, staysBecause)) {
            throw KeyProblems.tooMany();
        }
        String scopes = String.join(" ", Scope.codes(key.scopes()));
        String end = key.expiresAt().map(at -> "; expires " + at).orElse("; does not expire");
        String standing =
                switch (key.standing()) {
                    case LASTS -> "";
                    case STAYS -> "; made while calls needed no key, and stays";
                    case ENDS -> "; made while calls needed no key, and ends when they need one";
                };
        audit.enter(
                database,
                AuditEntry.of(
                        key.createdBy(),
                        "key.create",
                        key.owner().name(),
                        staysBecause.orElse(""),
                        "scopes " + scopes + end + standing));
        return true;
    }

    private boolean end(JdbcClient database, UUID id, Caller by) {
        Optional<KeyTable.Found> found = table.find(database, id);
        if (found.isPresent() && !found.get().revoked()) {
            table.revoke(database, id, by.name());
            String subject = found.get().name() + "/" + id;
            audit.enter(database, AuditEntry.of(by.name(), "key.revoke", subject, "", ""));
        }
        return found.isPresent();
    }
}
