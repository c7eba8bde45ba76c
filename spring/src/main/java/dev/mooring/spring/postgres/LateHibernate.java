package dev.mooring.spring.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.failure.Failure;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.spi.PersistenceProvider;
import jakarta.persistence.spi.PersistenceUnitInfo;
import jakarta.persistence.spi.ProviderUtil;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;

/**
 * The persistence provider of a factory whose database was there when the factory began to start. Where that start fails because the
 * database went away meanwhile, Hibernate starts once more, without its database. Every other failure reaches the caller as it is.
 */
final class LateHibernate implements PersistenceProvider {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.spring.postgres");

    private static final String PROVIDER = "persistenceProvider";

    private final PersistenceProvider hibernate;
    private final String bean;
    private final HikariDataSource database;
    private final Consumer<Map<String, Object>> withoutDatabase;

    private LateHibernate(
            PersistenceProvider hibernate,
            String bean,
            HikariDataSource database,
            Consumer<Map<String, Object>> withoutDatabase) {
        this.hibernate = hibernate;
        this.bean = bean;
        this.database = database;
        this.withoutDatabase = withoutDatabase;
    }

    /**
     * Puts one around the provider of a factory bean; has no effect where only {@code persistence.xml} names the provider.
     *
     * @param withoutDatabase changes the properties so that Hibernate does not need its database in order to start
     */
    static void into(
            BeanWrapper factory,
            String bean,
            HikariDataSource database,
            Consumer<Map<String, Object>> withoutDatabase) {
        provider(factory)
                .ifPresent(hibernate -> factory.setPropertyValue(
                        PROVIDER, new LateHibernate(hibernate, bean, database, withoutDatabase)));
    }

    private static Optional<PersistenceProvider> provider(BeanWrapper factory) {
        return Optional.ofNullable(factory.getPropertyValue(PROVIDER))
                .or(() -> Optional.ofNullable(factory.getPropertyValue("jpaVendorAdapter"))
                        .map(adapter -> PropertyAccessorFactory.forBeanPropertyAccess(adapter)
                                .getPropertyValue(PROVIDER)))
                .filter(PersistenceProvider.class::isInstance)
                .map(PersistenceProvider.class::cast);
    }

    @Override
    public @Nullable EntityManagerFactory createContainerEntityManagerFactory(
            PersistenceUnitInfo unit, @Nullable Map<?, ?> properties) {
        try {
            return hibernate.createContainerEntityManagerFactory(unit, properties);
        } catch (RuntimeException failed) {
            if (properties == null || !(DatabaseAway.explains(failed) || isAway())) {
                throw failed;
            }
            LOG.warn("The database went away while {} started: {}", bean, Failure.oneLine(failed));
            Map<String, Object> changed = new HashMap<>();
            properties.forEach((name, value) -> changed.put(String.valueOf(name), value));
            withoutDatabase.accept(changed);
            return hibernate.createContainerEntityManagerFactory(unit, changed);
        }
    }

    /**
     * Hibernate swallows some failures of the connection, and then fails without naming them. A new connection tells: where a server was killed,
     * its processes behind open ones may answer a moment longer.
     */
    private boolean isAway() {
        database.getHikariPoolMXBean().softEvictConnections();
        try (Connection connection = database.getConnection()) {
            return !connection.isValid(1);
        } catch (SQLException failed) {
            return DatabaseAway.explains(failed);
        }
    }

    @Override
    public @Nullable EntityManagerFactory createEntityManagerFactory(String unit, @Nullable Map<?, ?> properties) {
        return hibernate.createEntityManagerFactory(unit, properties);
    }

    @Override
    public @Nullable EntityManagerFactory createEntityManagerFactory(PersistenceConfiguration configuration) {
        return hibernate.createEntityManagerFactory(configuration);
    }

    @Override
    public void generateSchema(PersistenceUnitInfo unit, @Nullable Map<?, ?> properties) {
        hibernate.generateSchema(unit, properties);
    }

    @Override
    public boolean generateSchema(String unit, @Nullable Map<?, ?> properties) {
        return hibernate.generateSchema(unit, properties);
    }

    @Override
    public ProviderUtil getProviderUtil() {
        return hibernate.getProviderUtil();
    }
}
