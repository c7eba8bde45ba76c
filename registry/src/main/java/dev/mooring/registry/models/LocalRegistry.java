package dev.mooring.registry.models;

import dev.mooring.registry.store.Alias;
import dev.mooring.registry.store.AliasTable;
import dev.mooring.registry.store.ModelTable;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Transactions;
import dev.mooring.registry.store.UnclearCommitException;
import dev.mooring.registry.store.VersionTable;
import dev.mooring.spring.page.Page;
import dev.mooring.spring.page.PageRequest;
import dev.mooring.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The registry in the tables of this service, which are its truth. */
public final class LocalRegistry implements RegistryBackend {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRegistry.class);

    /** A second attempt needs at least this much time: a connection, a statement and a commit. */
    private static final Duration WORTH_TRYING = Duration.ofMillis(100);

    private final Transactions transactions;
    private final RegistrationTable registrations;
    private final Catalog catalog;
    private final ModelTable models;
    private final VersionTable versions;
    private final AliasTable aliases;

    /** A registry in the tables of {@code database}. */
    public LocalRegistry(Transactions transactions, JdbcClient database) {
        this.transactions = transactions;
        this.registrations = new RegistrationTable(database);
        this.catalog = new Catalog(Origin.LOCAL, transactions, database);
        this.models = new ModelTable(database);
        this.versions = new VersionTable(database);
        this.aliases = new AliasTable(database);
    }

    /**
     * {@inheritDoc} When the outcome of the commit is unknown, it tries the same registration once more if there is time. That has the
     * same id, so it cannot happen twice.
     */
    @Override
    public Registered register(NewRegistration wanted) {
        try {
            return attempt(wanted);
        } catch (UnclearCommitException unclear) {
            LOG.warn("registration {}: {}", wanted.id(), unclear.getMessage());
            return settle(wanted);
        }
    }

    @Override
    public Optional<Registration> registration(UUID id) {
        return transactions.read(() -> registrations.find(id));
    }

    @Override
    public Read<Page<Model>> models(String prefix, PageRequest page) {
        return Read.present(catalog.models(prefix, page));
    }

    @Override
    public Read<Optional<Model>> model(String name) {
        return Read.present(catalog.model(name));
    }

    @Override
    public Read<Optional<Page<ModelVersion>>> versions(String name, PageRequest page) {
        return Read.present(catalog.versions(name, page));
    }

    @Override
    public Read<Optional<ModelVersion>> version(String name, long version) {
        return Read.present(catalog.version(name, version));
    }

    @Override
    public Read<Optional<ModelVersion>> version(String name, Alias alias) {
        return Read.present(catalog.version(name, alias));
    }

    @Override
    public Read<Optional<Page<HistoryEntry>>> history(String name, PageRequest page) {
        return Read.present(catalog.history(name, page));
    }

    @Override
    public boolean setAlias(String name, Alias alias, long version, String actor) {
        return transactions.write(() -> aliases.set(Origin.LOCAL, name, alias, version, actor));
    }

    @Override
    public boolean removeAlias(String name, Alias alias, String actor) {
        return transactions.write(() -> aliases.remove(Origin.LOCAL, name, alias, actor));
    }

    @Override
    public boolean deleteVersion(String name, long version, String actor) {
        return transactions.write(() -> versions.delete(Origin.LOCAL, name, version, actor));
    }

    @Override
    public boolean deleteModel(String name, String actor) {
        return transactions.write(() -> models.delete(Origin.LOCAL, name, actor));
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
