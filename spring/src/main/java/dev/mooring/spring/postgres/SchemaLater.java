package dev.mooring.spring.postgres;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.SessionFactoryObserver;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.jpa.boot.spi.IntegratorProvider;
import org.hibernate.tool.schema.spi.DelayedDropAction;
import org.hibernate.tool.schema.spi.SchemaManagementToolCoordinator;

/** Lets Hibernate start without asking its database, and does later what Hibernate would do in the schema ({@code ddl-auto}). */
final class SchemaLater implements Integrator {
    private static final String PROVIDER = "hibernate.integrator_provider";
    private static final List<String> ACTIONS = List.of(
            "hibernate.hbm2ddl.auto",
            "jakarta.persistence.schema-generation.database.action",
            "javax.persistence.schema-generation.database.action");
    private static final String NONE = "none";

    private final Map<String, Object> actions;
    private final Consumer<Initializations.Work> later;

    private SchemaLater(Map<String, Object> actions, Consumer<Initializations.Work> later) {
        this.actions = Map.copyOf(actions);
        this.later = later;
    }

    /** Says which database it is, as the oldest version that this Hibernate knows, so that Hibernate need not ask. A dialect that is set wins. */
    static void describe(Map<String, Object> properties) {
        properties.putIfAbsent("hibernate.boot.allow_jdbc_metadata_access", "false");
        properties.putIfAbsent("jakarta.persistence.database-product-name", "PostgreSQL");
        properties.putIfAbsent(
                "jakarta.persistence.database-major-version",
                String.valueOf(new PostgreSQLDialect().getVersion().getMajor()));
    }

    /**
     * Takes the action in the schema out of {@code properties} and returns it; {@code later} gets the work when Hibernate has started. Empty,
     * without effect, where there is no action, and where the application has an integrator provider of its own.
     */
    static Optional<String> instead(Map<String, Object> properties, Consumer<Initializations.Work> later) {
        Map<String, Object> actions = new HashMap<>(properties);
        actions.keySet().retainAll(ACTIONS);
        actions.values().removeIf(action -> NONE.equals(action.toString()));
        if (actions.isEmpty() || properties.containsKey(PROVIDER)) {
            return Optional.empty();
        }
        SchemaLater schema = new SchemaLater(actions, later);
        properties.keySet().removeAll(ACTIONS);
        properties.put(PROVIDER, (IntegratorProvider) () -> List.of(schema));
        return Stream.ofNullable(actions.values().iterator().next())
                .map(Object::toString)
                .findFirst();
    }

    @Override
    public void integrate(Metadata metadata, BootstrapContext context, SessionFactoryImplementor factory) {
        later.accept(() -> {
            Map<String, Object> properties = new HashMap<>(factory.getProperties());
            properties.putAll(actions);
            SchemaManagementToolCoordinator.process(
                    metadata, factory.getServiceRegistry(), properties, drop -> factory.addObserver(at(drop, factory)));
        });
    }

    /** For {@code create-drop}. */
    private static SessionFactoryObserver at(DelayedDropAction drop, SessionFactoryImplementor closed) {
        return new SessionFactoryObserver() {
            private static final long serialVersionUID = 1;

            @Override
            public void sessionFactoryClosing(SessionFactory factory) {
                drop.perform(closed.getServiceRegistry());
            }
        };
    }
}
