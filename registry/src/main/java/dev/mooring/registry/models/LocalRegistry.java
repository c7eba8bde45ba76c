package dev.mooring.registry.models;

import dev.mooring.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;

/** Registers versions in the tables of this service. What it returns is committed. Thread-safe. */
final class LocalRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRegistry.class);

    /** A second attempt needs at least this much time: a connection, a statement and a commit. */
    private static final Duration WORTH_TRYING = Duration.ofMillis(100);

    private final Transactions transactions;
    private final RegistrationTable registrations;

    LocalRegistry(Transactions transactions, RegistrationTable registrations) {
        this.transactions = transactions;
        this.registrations = registrations;
    }

    /**
     * Registers a version, or finds the registration of an earlier request with the same idempotency key. When the outcome of the
     * commit is unknown, tries the same registration once more if there is time. It has the same id, so it cannot happen twice.
     *
     * @throws dev.mooring.spring.problem.ProblemException the caller used the key for another request (422), or the outcome stays
     *     unknown (503, with the id of the registration)
     */
    Registered register(NewRegistration wanted) {
        try {
            return attempt(wanted);
        } catch (UnclearCommitException unclear) {
            LOG.warn("registration {}: {}", wanted.id(), unclear.getMessage());
            return settle(wanted);
        }
    }

    /** The registration with this id. */
    Optional<Registration> find(UUID id) {
        return transactions.read(() -> registrations.find(id));
    }

    private Registered settle(NewRegistration wanted) {
        if (Deadline.cut(WORTH_TRYING).compareTo(WORTH_TRYING) < 0) {
            throw ModelProblems.outcomeUnknown(wanted.id());
        }
        try {
            return attempt(wanted);
        } catch (NestedRuntimeException again) {
            LOG.warn("registration {}: its outcome stays unknown: {}", wanted.id(), again.getMessage());
            throw ModelProblems.outcomeUnknown(wanted.id());
        }
    }

    private Registered attempt(NewRegistration wanted) {
        return transactions.write(() -> {
            OptionalLong version = registrations.insert(wanted);
            if (version.isPresent()) {
                String name = wanted.request().name().value();
                return new Registered(new Registration(wanted.id(), name, version.getAsLong()), false);
            }
            return replay(wanted, registrations.standingInTheWayOf(wanted));
        });
    }

    private static Registered replay(NewRegistration wanted, RegistrationTable.Standing standing) {
        if (!standing.sameRequest()) {
            throw ModelProblems.idempotencyKeyReused();
        }
        boolean ours = standing.registration().id().equals(wanted.id());
        return new Registered(standing.registration(), !ours);
    }
}
