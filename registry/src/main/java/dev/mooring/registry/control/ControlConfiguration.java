package dev.mooring.registry.control;

import dev.mooring.Mooring;
import dev.mooring.postgres.Postgres;
import dev.mooring.spring.problem.ProblemReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The control connection of the service. It ends before supervision does, so that its last round still finds the database. */
@Configuration(proxyBeanMethods = false)
public class ControlConfiguration {
    @Bean(destroyMethod = "close")
    ControlConnection controlConnection(Postgres postgres, Mooring endsAfterUs) {
        assert !endsAfterUs.dependencies().isEmpty() : "the database is supervised";
        return new ControlConnection(postgres);
    }

    @Bean
    ProblemReader controlProblems() {
        return new ControlProblems();
    }
}
