package dev.mooring.registry.models;

import dev.mooring.registry.store.Alias;
import dev.mooring.registry.store.AliasTable;
import dev.mooring.registry.store.ModelEvent;
import dev.mooring.registry.store.ModelEvents;
import dev.mooring.registry.store.ModelTable;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Transactions;
import dev.mooring.registry.store.VersionTable;
import dev.mooring.spring.page.Page;
import dev.mooring.spring.page.PageRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The registry in the tables of this service, which are its truth. */
public final class LocalRegistry implements RegistryBackend {
    private final Transactions transactions;
    private final Registrations registrations;
    private final Catalog catalog;
    private final ModelTable models;
    private final VersionTable versions;
    private final AliasTable aliases;
    private final ModelEvents events;

    /** A registry in the tables of {@code database} that adds registrations and promotions to {@code events}. */
    public LocalRegistry(Transactions transactions, JdbcClient database, ModelEvents events) {
        this.transactions = transactions;
        this.events = events;
        this.registrations = new Registrations(Origin.LOCAL, transactions, database);
        this.catalog = new Catalog(Origin.LOCAL, transactions, database);
        this.models = new ModelTable(database);
        this.versions = new VersionTable(database);
        this.aliases = new AliasTable(database, events);
    }

    @Override
    public Registered register(NewRegistration wanted) {
        return registrations.register(wanted, table -> {
            Optional<RegistrationTable.Inserted> inserted = table.insert(wanted);
            inserted.ifPresent(made -> events.add(event(wanted, made)));
            return inserted.map(made ->
                    Registration.registered(wanted.id(), wanted.request().name().value(), made.version()));
        });
    }

    private static ModelEvent event(NewRegistration wanted, RegistrationTable.Inserted made) {
        RegistrationRequest request = wanted.request();
        return new ModelEvent(
                Origin.LOCAL,
                made.modelId(),
                request.name().value(),
                made.version(),
                wanted.id(),
                request.source(),
                request.runId(),
                request.tags(),
                request.metrics(),
                wanted.scope(),
                Optional.empty());
    }

    @Override
    public Optional<Registration> registration(UUID id) {
        return registrations.find(id);
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
    public Read<Optional<HistoryThen>> history(String name, Instant until, PageRequest page) {
        return Read.present(catalog.history(name, until, page));
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
}
