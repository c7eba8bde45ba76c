package dev.mooring.spring.postgres;

import dev.mooring.postgres.DatabaseTask;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
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
}
