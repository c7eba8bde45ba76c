package dev.mooring.spring.postgres;

import dev.mooring.spring.postgres.Initializations.Initialization;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.util.ClassUtils;

/**
 * Lets Hibernate start while its database is away: says that the database is PostgreSQL, where the application does not say which dialect it
 * has, and keeps Hibernate from asking. What {@code ddl-auto} does in the schema then waits for the database like any other initializer. A
 * database that goes away while Hibernate starts has the same effect, see {@link LateHibernate}. Changes nothing while the database is there.
 */
final class EntityManagerFactories implements BeanPostProcessor {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.spring.postgres");

    private static final String TYPE = "org.springframework.orm.jpa.AbstractEntityManagerFactoryBean";
    private static final boolean HIBERNATE = ClassUtils.isPresent(
            "org.hibernate.integrator.spi.Integrator", EntityManagerFactories.class.getClassLoader());

    private final Databases databases;

    EntityManagerFactories(Databases databases) {
        this.databases = databases;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (HIBERNATE && isFactory(bean.getClass())) {
            BeanWrapper factory = PropertyAccessorFactory.forBeanPropertyAccess(bean);
            Optional.ofNullable(factory.getPropertyValue("dataSource"))
                    .filter(DataSource.class::isInstance)
                    .flatMap(source -> databases.of((DataSource) source))
                    .ifPresent(database -> prepare(database, name, factory));
        }
        return bean;
    }

    private static void prepare(SupervisedDatabase database, String name, BeanWrapper factory) {
        if (database.isAway()) {
            startWithout(database, name, properties(factory));
            return;
        }
        LateHibernate.into(
                factory,
                name,
                database.postgres().dataSource(),
                properties -> startWithout(database, name, properties));
    }

    private static boolean isFactory(@Nullable Class<?> type) {
        return type != null && (type.getName().equals(TYPE) || isFactory(type.getSuperclass()));
    }

    @SuppressWarnings("unchecked") // so Spring declares it
    private static Map<String, Object> properties(BeanWrapper factory) {
        return (Map<String, Object>) Objects.requireNonNull(factory.getPropertyValue("jpaPropertyMap"));
    }

    private static void startWithout(SupervisedDatabase database, String bean, Map<String, Object> properties) {
        SchemaLater.describe(properties);
        database.initializations()
                .flatMap(waiting -> SchemaLater.instead(
                        properties, work -> waiting.later(new Initialization(bean, work, Optional.empty()))))
                .ifPresent(action -> LOG.warn(
                        "{} starts without its database, which is away; its schema action \"{}\" runs when the database"
                                + " answers, and until then the service is not ready.",
                        bean,
                        action));
    }
}
