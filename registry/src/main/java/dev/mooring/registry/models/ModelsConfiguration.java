package dev.mooring.registry.models;

import dev.mooring.operations.access.EndpointScopes;
import dev.mooring.postgres.Postgres;
import dev.mooring.registry.backend.WithoutMlflow;
import dev.mooring.registry.store.ModelEvents;
import dev.mooring.registry.store.Transactions;
import dev.mooring.spring.problem.ProblemReader;
import dev.mooring.time.Time;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The beans of the registry of models. They need a database with the tables of {@code db/migration}. */
@Configuration(proxyBeanMethods = false)
public class ModelsConfiguration {

    @Bean
    EndpointScopes scopesOfModels() {
        return ModelScopes.ENDPOINTS;
    }

    @Bean
    ProblemReader modelFailures() {
        return new ModelFailures();
    }

    @Bean
    Transactions modelTransactions(PlatformTransactionManager manager, ObjectProvider<Postgres> postgres) {
        Postgres supervised = postgres.getIfAvailable();
        return supervised == null ? new Transactions(manager) : new Transactions(manager, supervised::isBehindPooler);
    }

    @Bean
    @WithoutMlflow
    RegistryBackend localRegistry(Transactions transactions, JdbcClient database, ModelEvents events) {
        return new LocalRegistry(transactions, database, events);
    }

    @Bean
    RegistrationController registrationController(RegistryBackend registry, MeterRegistry meters) {
        for (RegistrationStatus status : RegistrationStatus.values()) {
            counter(meters, status).increment(0);
        }
        return new RegistrationController(
                registry, Time.system(), status -> counter(meters, status).increment());
    }

    private static Counter counter(MeterRegistry meters, RegistrationStatus status) {
        return Counter.builder("mooring.registrations")
                .description("Answered registrations by status; a repeated request counts once.")
                .tag("status", status.code())
                .register(meters);
    }

    @Bean
    ModelController modelController(RegistryBackend registry) {
        return new ModelController(registry);
    }

    @Bean
    AliasController aliasController(RegistryBackend registry) {
        return new AliasController(registry);
    }
}
