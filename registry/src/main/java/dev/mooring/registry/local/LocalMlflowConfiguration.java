package dev.mooring.registry.local;

import dev.mooring.registry.backend.WithoutMlflow;
import dev.mooring.registry.store.ModelEvents;
import dev.mooring.registry.store.PlannedAnew;
import dev.mooring.registry.store.Transactions;
import dev.mooring.registry.store.VersionTable;
import dev.mooring.time.Time;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** MLflow's paths without an MLflow server. It needs a database with the tables of the registry. */
@Configuration(proxyBeanMethods = false)
@WithoutMlflow
public class LocalMlflowConfiguration {
    @Bean(initMethod = "start", destroyMethod = "close")
    Deliveries deliveries(Transactions transactions, JdbcClient database) {
        VersionTable versions = new VersionTable(database);
        return new Deliveries(
                digests -> transactions.write(() -> {
                    versions.forget(digests);
                    return true;
                }),
                Time.system());
    }

    @Bean
    MlflowController mlflowController(
            Transactions transactions,
            JdbcClient database,
            DataSource pool,
            ModelEvents events,
            Deliveries deliveries) {
        return new MlflowController(
                new LocalMlflow(transactions, database, PlannedAnew.on(pool), events, deliveries.holder()), deliveries);
    }
}
