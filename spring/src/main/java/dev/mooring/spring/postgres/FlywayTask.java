package dev.mooring.spring.postgres;

import dev.mooring.postgres.DatabaseTask;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Runs Boot's Flyway when the database is reachable, not when the application starts. While another instance migrates, it
 * waits.
 */
final class FlywayTask implements DatabaseTask, SmartInitializingSingleton {
    private static final long LONGEST_START_MINUTES = 10;

    private final ObjectProvider<Flyway> provider;
    private final boolean onItsOwnDataSource;

    /** The Flyway beans. The thread that starts the application fetches them; the thread of the task waits for them here. */
    private final CompletableFuture<List<Flyway>> flyways = new CompletableFuture<>();

    FlywayTask(ObjectProvider<Flyway> provider, boolean onItsOwnDataSource) {
        this.provider = provider;
        this.onItsOwnDataSource = onItsOwnDataSource;
    }

    @Override
    public void afterSingletonsInstantiated() {
        flyways.complete(provider.orderedStream().toList());
    }

    @Override
    public void run(DataSource connections) throws Exception {
        for (Flyway flyway : flyways.get(LONGEST_START_MINUTES, TimeUnit.MINUTES)) {
            FluentConfiguration plan = new FluentConfiguration(
                            flyway.getConfiguration().getClassLoader())
                    .configuration(flyway.getConfiguration())
                    .lockRetryCount(-1);
            (onItsOwnDataSource ? plan : plan.dataSource(connections)).load().migrate();
        }
    }

    /** The identity of each history of migrations: it changes when its schema is dropped, or restored from a dump. */
    @Override
    public Optional<String> traces() {
        String histories = flyways.getNow(List.of()).stream()
                .map(flyway -> "(" + history(flyway.getConfiguration()) + ")")
                .collect(Collectors.joining(", "));
        return histories.isEmpty() ? Optional.empty() : Optional.of("pg_catalog.concat_ws(' ', " + histories + ")");
    }

    private static String history(Configuration plan) {
        String schema = Stream.concat(Stream.ofNullable(plan.getDefaultSchema()), Stream.of(plan.getSchemas()))
                .findFirst()
                .map(FlywayTask::quoted)
                .orElse("pg_catalog.current_schema()");
        return "select c.oid::text from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                + " where n.nspname = " + schema + " and c.relname = " + quoted(plan.getTable());
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
