package dev.mooring.registry.control;

import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.control.ControlConnection;
import dev.mooring.spring.problem.ProblemReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** The control connection of the service. It ends before supervision does, so that its last round still finds the database. */
@Configuration(proxyBeanMethods = false)
public class ControlConfiguration {
    @Bean(destroyMethod = "close")
    @DependsOn("mooring")
    ControlConnection controlConnection(Postgres postgres) {
        return new ControlConnection(postgres);
    }

    @Bean
    ControlTransactions controlTransactions(ControlConnection connection) {
        return new ControlTransactions(connection);
    }

    @Bean
    ProblemReader controlProblems() {
        return new ControlProblems();
    }
}
