package dev.mooring.operations.control;

import dev.mooring.Mooring;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.control.ControlConnection;
import dev.mooring.spring.postgres.PostgresAutoConfiguration;
import dev.mooring.spring.postgres.StartTaskOfDatabase;
import dev.mooring.spring.postgres.SupervisedDataSourceAutoConfiguration;
import dev.mooring.spring.problem.ProblemReader;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** The control connection to the application's database, and the tables of operations in it. */
@AutoConfiguration(
        after = {
            PostgresAutoConfiguration.class,
            SupervisedDataSourceAutoConfiguration.class,
            SupervisionAutoConfiguration.class
        })
@ConditionalOnSingleCandidate(Postgres.class)
public final class ControlAutoConfiguration {
    /** Takes {@code mooring} so that Spring closes the connection before supervision: its last round needs a supervised database. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    ControlConnection controlConnection(Postgres postgres, Mooring mooring) {
        Objects.requireNonNull(mooring, "mooring");
        return new ControlConnection(postgres);
    }

    @Bean
    @ConditionalOnMissingBean
    ControlTransactions controlTransactions(ControlConnection connection) {
        return new ControlTransactions(connection);
    }

    @Bean
    ProblemReader controlProblems() {
        return new ControlProblems();
    }

    /** Has no effect on a {@code Postgres} bean of the application, which adds {@link OperationsSchema#migrations} itself. */
    @Bean
    StartTaskOfDatabase operationsSchema() {
        return new StartTaskOfDatabase("operations", OperationsSchema.migrations());
    }
}
