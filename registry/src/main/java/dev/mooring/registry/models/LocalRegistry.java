package dev.mooring.registry.models;

import dev.mooring.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;

/** Registers versions in our own tables: what it returns is committed. Thread-safe. */
final class LocalRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRegistry.class);

    /** Less than this is not enough for a connection, a statement and a commit. */
    private static final Duration WORTH_TRYING = Duration.ofMillis(100);

    private final Transactions transactions;
    private final RegistrationTable registrations;

    LocalRegistry(Transactions transactions, RegistrationTable registrations) {
        this.transactions = transactions;
        this.registrations = registrations;
    }

    /**
     * Registers, or finds what an earlier request with the same idempotency key registered. When the outcome of the commit is not
     * known, the same registration is tried once more if there is time: it has the same id, so it cannot happen twice.
     *
     * @throws dev.mooring.spring.problem.ProblemException the key was used for another request (422), or nobody knows whether it
     *     was registered (503, with the id to ask for)
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
