package dev.mooring.spring.postgres;

import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Says to what depends on the kind of the database that it is PostgreSQL, while the database cannot be asked: jOOQ, Spring Data JDBC, and the
 * scripts of Batch, Quartz, Session and Integration. Changes nothing while the database is there, nothing that the application set, and
 * nothing in an application with a data source that is not supervised.
 */
final class DialectHints implements BeanPostProcessor {
    private static final String BOOT = "org.springframework.boot.";

    /** By the class of Boot's properties. These classes need not be on the class path. */
    private static final Map<String, Hint> HINTS = Map.of(
            BOOT + "jooq.autoconfigure.JooqProperties",
            new Hint("sqlDialect", "POSTGRES"),
            BOOT + "data.jdbc.autoconfigure.DataJdbcProperties",
            new Hint("dialect", "POSTGRESQL"),
            BOOT + "batch.jdbc.autoconfigure.BatchJdbcProperties",
            new Hint("platform", "postgresql"),
            BOOT + "quartz.autoconfigure.QuartzJdbcProperties",
            new Hint("platform", "postgres"),
            BOOT + "session.jdbc.autoconfigure.JdbcSessionProperties",
            new Hint("platform", "postgresql"),
            BOOT + "integration.autoconfigure.IntegrationJdbcProperties",
            new Hint("platform", "postgresql"));

    private final ConfigurableListableBeanFactory beans;
    private final SupervisedDataSources sources;

    private record Hint(String property, String value) {
        void giveTo(BeanWrapper properties) {
            if (properties.getPropertyValue(property) == null) {
                properties.setPropertyValue(property, value);
            }
        }
    }

    DialectHints(ConfigurableListableBeanFactory beans, SupervisedDataSources sources) {
        this.beans = beans;
        this.sources = sources;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        Hint hint = HINTS.get(bean.getClass().getName());
        if (hint != null && isAway()) {
            hint.giveTo(PropertyAccessorFactory.forBeanPropertyAccess(bean));
        }
        return bean;
    }

    private boolean isAway() {
        sources.begin();
        Databases databases = sources.databases();
        boolean onlySupervised = sources.choice().all().stream()
                .allMatch(name -> databases.holds(name)
                        || (beans.getSingleton(name) instanceof DataSource source && databases.cover(source)));
        return onlySupervised && databases.supervised().stream().anyMatch(SupervisedDatabase::isAway);
    }
}
