package dev.mooring.registry.registrations;

import dev.mooring.operations.audit.Audit;
import dev.mooring.operations.audit.AuditEntry;
import dev.mooring.registry.models.Registration;
import dev.mooring.registry.models.RegistrationTable;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Transactions;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database knows about versions that a registration made twice: which one counts, and who removed the others. Thread-safe. */
final class Removals {
    /** Who removes them. */
    static final String ACTOR = "mooring";

    private static final String ACTION = "version.duplicate_removed";

    private final Transactions transactions;
    private final JdbcClient database;
    private final Audit audit;

    Removals(Transactions transactions, JdbcClient database, Audit audit) {
        this.transactions = transactions;
        this.database = database;
        this.audit = audit;
    }

    /** The version that clients know as the registration's; empty if they know none. */
    OptionalLong versionOf(Payload payload) {
        return transactions.read(() -> new RegistrationTable(Origin.MLFLOW, database)
                .find(payload.registrationId())
                .map(Registration::version)
                .orElse(OptionalLong.empty()));
    }

    /** Enters the removal in the audit before it is made, once for each version, because a process may die right after it. */
    void audit(Payload payload, MadeVersion version, OptionalLong kept) {
        AuditEntry entry = AuditEntry.of(
                ACTOR,
                ACTION,
                version.name() + "/" + version.version(),
                "MLflow made two versions for one registration",
                "registration " + payload.registrationId() + ", "
                        + (kept.isPresent() ? "which is version " + kept.getAsLong() : "which was rejected"));
        UUID id = UUID.nameUUIDFromBytes(
                (payload.registrationId() + "/" + version.version()).getBytes(StandardCharsets.UTF_8));
        AuditEntry once = new AuditEntry(
                id, entry.at(), entry.actor(), entry.action(), entry.subject(), entry.reason(), entry.details());
        try {
            boolean entered = transactions.write(() -> {
                audit.enter(database, once);
                return true;
            });
            assert entered;
        } catch (DuplicateKeyException entered) {
            // An earlier attempt of this look entered it and died.
        }
    }
}
