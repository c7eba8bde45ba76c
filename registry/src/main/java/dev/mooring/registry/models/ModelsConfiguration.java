package dev.mooring.registry.models;

import dev.mooring.operations.access.EndpointScopes;
import dev.mooring.registry.store.Transactions;
import dev.mooring.spring.problem.ProblemReader;
import dev.mooring.time.Time;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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
    Transactions modelTransactions(PlatformTransactionManager manager) {
        return new Transactions(manager);
    }

    @Bean
    RegistryBackend registryBackend(Transactions transactions, JdbcClient database) {
        return new LocalRegistry(transactions, database);
    }

    @Bean
    RegistrationController registrationController(RegistryBackend registry, MeterRegistry meters) {
        return new RegistrationController(
                registry,
                Time.system(),
                Counter.builder("mooring.registrations")
                        .description("Answered registrations by status; a repeated request counts once.")
                        .tag("status", RegistrationView.REGISTERED)
                        .register(meters));
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
