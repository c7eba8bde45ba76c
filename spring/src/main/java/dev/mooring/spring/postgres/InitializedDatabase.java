package dev.mooring.spring.postgres;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Which data source an initializer works on, and what shows that its work is still there. Flyway and Liquibase need not be on the class path. */
final class InitializedDatabase {
    private static final boolean FLYWAY =
            ClassUtils.isPresent("org.flywaydb.core.Flyway", InitializedDatabase.class.getClassLoader());
    private static final String LIQUIBASE = "liquibase.integration.spring.SpringLiquibase";
    private static final String CHANGE_LOG = "databasechangelog";

    private final ConfigurableListableBeanFactory beans;

    InitializedDatabase(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    Optional<DataSource> dataSource(String name, Object initializer) {
        return FLYWAY
                ? OfFlyway.dataSource(name, initializer, beans).or(() -> ownDataSource(initializer))
                : ownDataSource(initializer);
    }

    /** An SQL expression of type text that changes when the history of the initializer is dropped, or restored from a dump. */
    Optional<String> traces(String name, Object initializer) {
        if (isLiquibase(initializer.getClass())) {
            String schema = text(initializer, "getLiquibaseSchema")
                    .or(() -> text(initializer, "getDefaultSchema"))
                    .orElse(null);
            return Optional.of(history(
                    schema, text(initializer, "getDatabaseChangeLogTable").orElse(CHANGE_LOG)));
        }
        return FLYWAY ? OfFlyway.traces(name, initializer, beans) : Optional.empty();
    }

    private static boolean isLiquibase(@Nullable Class<?> type) {
        return type != null && (type.getName().equals(LIQUIBASE) || isLiquibase(type.getSuperclass()));
    }

    private static Optional<String> text(Object initializer, String getter) {
        return get(initializer, getter).map(Object::toString).filter(text -> !text.isBlank());
    }

    private static Optional<DataSource> ownDataSource(Object initializer) {
        return get(initializer, "getDataSource")
                .filter(DataSource.class::isInstance)
                .map(DataSource.class::cast);
    }

    private static Optional<Object> get(Object initializer, String getter) {
        Method method = ReflectionUtils.findMethod(initializer.getClass(), getter);
        if (method == null) {
            return Optional.empty();
        }
        ReflectionUtils.makeAccessible(method);
        return Optional.ofNullable(ReflectionUtils.invokeMethod(method, initializer));
    }

    private static String history(@Nullable String schema, String table) {
        return "select c.oid::text from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                + " where n.nspname = " + (schema == null ? "pg_catalog.current_schema()" : quoted(schema))
                + " and c.relname = " + quoted(table);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Loaded only where Flyway is on the class path. */
    private static final class OfFlyway {
        /** The {@code Flyway} that the initializer is, or was made with. */
        private static Optional<Flyway> of(String name, Object initializer, ConfigurableListableBeanFactory beans) {
            return Stream.concat(
                            Stream.of(initializer),
                            Stream.of(beans.getDependenciesForBean(name)).map(beans::getSingleton))
                    .filter(Flyway.class::isInstance)
                    .map(Flyway.class::cast)
                    .findFirst();
        }

        static Optional<DataSource> dataSource(String name, Object initializer, ConfigurableListableBeanFactory beans) {
            return of(name, initializer, beans)
                    .map(flyway -> flyway.getConfiguration().getDataSource());
        }

        static Optional<String> traces(String name, Object initializer, ConfigurableListableBeanFactory beans) {
            return of(name, initializer, beans).map(flyway -> {
                Configuration plan = flyway.getConfiguration();
                String schema = Stream.concat(Stream.ofNullable(plan.getDefaultSchema()), Stream.of(plan.getSchemas()))
                        .findFirst()
                        .orElse(null);
                return history(schema, plan.getTable());
            });
        }
    }
}
