package dev.mooring.registry.models;

import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Transactions;
import dev.mooring.registry.store.UnclearCommitException;
import dev.mooring.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Commits registrations, each once: the same request with the same idempotency key finds the registration of the first. What it returns is
 * committed. Thread-safe.
 */
public final class Registrations {
    private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);

    /** A second attempt needs at least this much time: a connection, a statement and a commit. */
    private static final Duration WORTH_TRYING = Duration.ofMillis(100);

    private final Transactions transactions;
    private final RegistrationTable table;

    /** The registrations of the registry {@code origin} in the tables of {@code database}. */
    public Registrations(Origin origin, Transactions transactions, JdbcClient database) {
        this.transactions = transactions;
        this.table = new RegistrationTable(origin, database);
    }

    /**
     * Commits a registration, or finds the one of an earlier request with the same idempotency key. When the outcome of the commit is unknown,
     * tries the same registration once more if there is time. It has the same id, so it cannot happen twice.
     *
     * @param insert inserts it in the present transaction; empty if the tables hold one with the same id or the same idempotency key
     * @throws dev.mooring.spring.problem.ProblemException the caller used the key for another request (422), an earlier request with the key
     *     has not ended in the time of this one (409), or the outcome stays unknown (503, with the id of the registration)
     */
    public Registered register(NewRegistration wanted, Function<RegistrationTable, Optional<Registration>> insert) {
        try {
            return attempt(wanted, insert);
        } catch (UnclearCommitException unclear) {
            LOG.warn("registration {}: {}", wanted.id(), unclear.getMessage());
            return settle(wanted, insert, unclear);
        } catch (NestedRuntimeException failure) {
            boolean inUse = wanted.key() != null && KeyInUse.isBehind(failure);
            throw inUse ? ModelProblems.idempotencyKeyInUse() : failure;
        }
    }

    /**
     * The registration with this id.
     *
     * @throws dev.mooring.spring.problem.ProblemException another registry has it (404)
     */
    public Optional<Registration> find(UUID id) {
        return transactions.read(() -> {
            Optional<Registration> found = table.find(id);
            if (found.isEmpty() && table.isElsewhere(id)) {
                throw ModelProblems.registrationElsewhere(id);
            }
            return found;
        });
    }

    private Registered settle(
            NewRegistration wanted,
            Function<RegistrationTable, Optional<Registration>> insert,
            UnclearCommitException unclear) {
        if (Deadline.cut(WORTH_TRYING).compareTo(WORTH_TRYING) < 0) {
            throw ModelProblems.outcomeUnknown(wanted.id(), unclear);
        }
        try {
            return attempt(wanted, insert);
        } catch (NestedRuntimeException again) {
            LOG.warn("registration {}: its outcome stays unknown: {}", wanted.id(), again.getMessage());
            throw ModelProblems.outcomeUnknown(wanted.id(), unclear);
        }
    }

    private Registered attempt(NewRegistration wanted, Function<RegistrationTable, Optional<Registration>> insert) {
        return transactions.write(() -> insert.apply(table)
                .map(made -> new Registered(made, false))
                .orElseGet(() -> replay(wanted, table.standingInTheWayOf(wanted))));
    }

    private static Registered replay(NewRegistration wanted, RegistrationTable.Standing standing) {
        if (!standing.sameRequest()) {
            throw ModelProblems.idempotencyKeyReused(standing.registration());
        }
        boolean ours = standing.registration().id().equals(wanted.id());
        return new Registered(standing.registration(), !ours);
    }
}
