package dev.mooring.registry.registrations;

import dev.mooring.event.MooringEvent.DeliveryOutcome;
import dev.mooring.messages.FirstAttempt;
import dev.mooring.messages.Message;
import dev.mooring.messages.Relay;
import dev.mooring.registry.models.HistoryEntry;
import dev.mooring.registry.models.HistoryThen;
import dev.mooring.registry.models.Model;
import dev.mooring.registry.models.ModelVersion;
import dev.mooring.registry.models.NewRegistration;
import dev.mooring.registry.models.Read;
import dev.mooring.registry.models.Registered;
import dev.mooring.registry.models.Registration;
import dev.mooring.registry.models.RegistrationTable;
import dev.mooring.registry.models.Registrations;
import dev.mooring.registry.models.RegistryBackend;
import dev.mooring.registry.models.RegistryReads;
import dev.mooring.registry.store.Alias;
import dev.mooring.spring.correlation.TraceParent;
import dev.mooring.spring.page.Page;
import dev.mooring.spring.page.PageRequest;
import dev.mooring.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The registry of the MLflow server behind the service. A registration is committed here first, and delivered at once where that is possible;
 * a caller waits for that for 2 s, unless 32 others wait or MLflow is known to be away, and the delivery goes on without it. Other changes go to
 * MLflow directly. Thread-safe.
 */
public final class MlflowRegistry implements RegistryBackend {
    /** The destination of registrations in the outbox. */
    static final String DESTINATION = "mlflow";

    static final String TYPE = "registration";

    private static final Logger LOG = LoggerFactory.getLogger(MlflowRegistry.class);

    /** How long a caller waits for the version. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** How many callers wait at the same time, so that a slow MLflow takes no request threads from other calls. */
    private static final int MOST_WAITING = 32;
    /** What the answer needs of the request's time after that. */
    private static final Duration TO_ANSWER = Duration.ofMillis(500);

    private final Registrations registrations;
    private final Relay relay;
    private final JdbcOperations jdbc;
    private final MlflowChanges changes;
    private final RegistryReads reads;
    private final BooleanSupplier reachable;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    /** @param reachable whether MLflow takes registrations at present, as far as supervision knows */
    MlflowRegistry(
            Registrations registrations,
            Relay relay,
            JdbcOperations jdbc,
            MlflowChanges changes,
            RegistryReads reads,
            BooleanSupplier reachable) {
        this.registrations = registrations;
        this.relay = relay;
        this.jdbc = jdbc;
        this.changes = changes;
        this.reads = reads;
        this.reachable = reachable;
    }

    @Override
    public Registered register(NewRegistration wanted) {
        try (FirstAttempt first = relay.firstAttempt()) {
            Registered answer = registrations.register(wanted, table -> accept(wanted, table, first));
            if (answer.replayed()) {
                return answer;
            }
            CompletableFuture<DeliveryOutcome> outcome = first.begin();
            if (reachable.getAsBoolean() && waiting.tryAcquire()) {
                await(outcome);
            }
            return new Registered(presentState(answer.registration()), false);
        }
    }

    private Optional<Registration> accept(NewRegistration wanted, RegistrationTable table, FirstAttempt first) {
        if (!table.accept(wanted)) {
            return Optional.empty();
        }
        Payload payload = Payload.of(wanted);
        // Its message has the id of the registration, so log lines and dead letters name the registration.
        Message message = new Message(wanted.id(), DESTINATION, payload.name(), TYPE, payload.json())
                .tracedBy(TraceParent.ofRequest().orElse(null));
        Boolean added = jdbc.execute((ConnectionCallback<Boolean>) connection -> add(first, connection, message));
        assert added != null;
        return Optional.of(Registration.accepted(wanted.id(), payload.name()));
    }

    private static boolean add(FirstAttempt first, Connection connection, Message message) throws SQLException {
        first.add(connection, message);
        return true;
    }

    /** Waits for the outcome of the first attempt, as long as the request has time. */
    private void await(CompletableFuture<DeliveryOutcome> outcome) {
        Duration left = Deadline.cut(PATIENCE.plus(TO_ANSWER)).minus(TO_ANSWER);
        try {
            DeliveryOutcome known = outcome.get(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
            LOG.debug("the first attempt ended: {}", known);
        } catch (TimeoutException late) {
            LOG.debug("the first attempt goes on without its caller");
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.release();
        }
    }

    /** What became of an accepted registration. It is accepted also when the database is away by now. */
    private Registration presentState(Registration accepted) {
        try {
            return registrations.find(accepted.id()).orElse(accepted);
        } catch (RuntimeException away) {
            LOG.warn(
                    "registration {} is accepted; what became of it cannot be read: {}",
                    accepted.id(),
                    away.getMessage());
            return accepted;
        }
    }

    @Override
    public Optional<Registration> registration(UUID id) {
        return registrations.find(id);
    }

    @Override
    public boolean setAlias(String name, Alias alias, long version, String actor) {
        return changes.setAlias(name, alias, version, actor);
    }

    @Override
    public boolean removeAlias(String name, Alias alias, String actor) {
        return changes.removeAlias(name, alias, actor);
    }

    @Override
    public boolean deleteVersion(String name, long version, String actor) {
        return changes.deleteVersion(name, version, actor);
    }

    @Override
    public boolean deleteModel(String name, String actor) {
        return changes.deleteModel(name, actor);
    }

    @Override
    public Read<Page<Model>> models(String prefix, PageRequest page) {
        return reads.models(prefix, page);
    }

    @Override
    public Read<Optional<Model>> model(String name) {
        return reads.model(name);
    }

    @Override
    public Read<Optional<Page<ModelVersion>>> versions(String name, PageRequest page) {
        return reads.versions(name, page);
    }

    @Override
    public Read<Optional<ModelVersion>> version(String name, long version) {
        return reads.version(name, version);
    }

    @Override
    public Read<Optional<ModelVersion>> version(String name, Alias alias) {
        return reads.version(name, alias);
    }

    @Override
    public Read<Optional<Page<HistoryEntry>>> history(String name, PageRequest page) {
        return reads.history(name, page);
    }

    @Override
    public Read<Optional<HistoryThen>> history(String name, Instant until, PageRequest page) {
        return reads.history(name, until, page);
    }
}
