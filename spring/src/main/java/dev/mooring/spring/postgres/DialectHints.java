package dev.mooring.spring.postgres;

import dev.mooring.breaker.BreakerState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Says to what depends on the kind of the database that it is PostgreSQL, while the database cannot be asked: JPA, jOOQ, Spring Data JDBC, and
 * the scripts of Batch, Quartz, Session and Integration. Changes nothing while the database is there, nothing that the application set, and
 * nothing in an application with a data source that is not supervised.
 */
final class DialectHints implements BeanPostProcessor {
    private static final String BOOT = "org.springframework.boot.";

    /** By the class of Boot's properties. These classes need not be on the class path. */
    private static final Map<String, List<Hint>> HINTS = Map.of(
            BOOT + "jooq.autoconfigure.JooqProperties",
            List.of(new Hint("sqlDialect", "POSTGRES")),
            BOOT + "data.jdbc.autoconfigure.DataJdbcProperties",
            List.of(new Hint("dialect", "POSTGRESQL")),
            BOOT + "jpa.autoconfigure.JpaProperties",
            List.of(
                    new Hint("properties[hibernate.boot.allow_jdbc_metadata_access]", "false"),
                    new Hint("properties[jakarta.persistence.database-product-name]", "PostgreSQL")),
            BOOT + "batch.jdbc.autoconfigure.BatchJdbcProperties",
            List.of(new Hint("platform", "postgresql")),
            BOOT + "quartz.autoconfigure.QuartzJdbcProperties",
            List.of(new Hint("platform", "postgres")),
            BOOT + "session.jdbc.autoconfigure.JdbcSessionProperties",
            List.of(new Hint("platform", "postgresql")),
            BOOT + "integration.autoconfigure.IntegrationJdbcProperties",
            List.of(new Hint("platform", "postgresql")));

    private static final Set<BreakerState> REFUSES = Set.of(BreakerState.OPEN, BreakerState.FORCED_OPEN);

    private final ConfigurableListableBeanFactory beans;
    private final SupervisedDataSources sources;

    private record Hint(String path, String value) {
        void giveTo(BeanWrapper properties) {
            if (properties.getPropertyValue(path) == null) {
                properties.setPropertyValue(path, value);
            }
        }
    }

    DialectHints(ConfigurableListableBeanFactory beans, SupervisedDataSources sources) {
        this.beans = beans;
        this.sources = sources;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        List<Hint> hints = HINTS.get(bean.getClass().getName());
        if (hints != null && isAway()) {
            BeanWrapper properties = PropertyAccessorFactory.forBeanPropertyAccess(bean);
            hints.forEach(hint -> hint.giveTo(properties));
        }
        return bean;
    }

    private boolean isAway() {
        sources.begin();
        Databases databases = sources.databases();
        boolean onlySupervised = sources.choice().all().stream()
                .allMatch(name -> databases.holds(name)
                        || (beans.getSingleton(name) instanceof DataSource source && databases.cover(source)));
        return onlySupervised && databases.supervised().stream().anyMatch(DialectHints::isAway);
    }

    private static boolean isAway(SupervisedDatabase database) {
        try {
            Duration limit =
                    Duration.ofMillis(database.postgres().dataSource().getConnectionTimeout());
            boolean heard = database.postgres().dependency().awaitContact(limit);
            return !heard
                    || REFUSES.contains(
                            database.postgres().dependency().breaker().view().state());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
