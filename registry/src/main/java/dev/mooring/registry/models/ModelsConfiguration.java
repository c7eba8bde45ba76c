package dev.mooring.registry.models;

import dev.mooring.operations.access.EndpointScopes;
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
    RegistrationController registrationController(
            Transactions transactions, JdbcClient database, MeterRegistry meters) {
        return new RegistrationController(
                new LocalRegistry(transactions, new RegistrationTable(database)),
                Time.system(),
                Counter.builder("mooring.registrations")
                        .description("Answered registrations by status; a repeated request counts once.")
                        .tag("status", RegistrationView.REGISTERED)
                        .register(meters));
    }

    @Bean
    ModelController modelController(Transactions transactions, JdbcClient database) {
        return new ModelController(new Catalog(transactions, database));
    }

    @Bean
    AliasController aliasController(Transactions transactions, JdbcClient database) {
        return new AliasController(new AliasTable(transactions, database));
    }
}
