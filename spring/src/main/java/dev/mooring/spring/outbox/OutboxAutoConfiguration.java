package dev.mooring.spring.outbox;

import dev.mooring.Mooring;
import dev.mooring.messages.MessagesSchema;
import dev.mooring.messages.Outbox;
import dev.mooring.messages.RelayPlan;
import dev.mooring.postgres.control.ControlConnection;
import dev.mooring.spring.environment.ExitCode;
import dev.mooring.spring.environment.StartFailedException;
import dev.mooring.spring.postgres.PostgresAutoConfiguration;
import dev.mooring.spring.postgres.StartTaskOfDatabase;
import dev.mooring.spring.postgres.SupervisedDataSourceAutoConfiguration;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.util.ClassUtils;

/**
 * An outbox in the application's database, where the application has a bean of type {@code Delivery} or sets {@code
 * mooring.outbox.enabled=true}; never with {@code mooring.outbox.enabled=false}. Spring closes the relays after the last request has ended and
 * before the database.
 */
@AutoConfiguration(
        after = {
            PostgresAutoConfiguration.class,
            SupervisedDataSourceAutoConfiguration.class,
            SupervisionAutoConfiguration.class
        },
        afterName = "dev.mooring.operations.control.ControlAutoConfiguration",
        beforeName = "dev.mooring.operations.queues.QueuesAutoConfiguration")
@ConditionalOnClass(Outbox.class)
@ConditionalOnBooleanProperty(name = "mooring.outbox.enabled", matchIfMissing = true)
@ConditionalOnSingleCandidate(DataSource.class)
@Conditional(OutboxWanted.class)
@Import(RelayRegistrar.class)
public final class OutboxAutoConfiguration {
    static final String RELAYS = "mooringOutboxRelays";

    private static final String FLYWAY = "org.flywaydb.core.Flyway";

    private final Wakes wakes = new Wakes();

    @Bean
    @ConditionalOnMissingBean
    TransactionalOutbox transactionalOutbox(DataSource database) {
        return new TransactionalOutbox(database, wakes);
    }

    @Bean(RELAYS)
    OutboxRelays outboxRelays(
            DataSource database,
            Mooring mooring,
            ObjectProvider<RelayPlan> plans,
            ObjectProvider<ControlConnection> control) {
        return new OutboxRelays(database, mooring, wakes, plans, control);
    }

    /** Has no effect on a {@code Postgres} bean of the application, which adds {@link MessagesSchema#migrations} itself. */
    @Bean
    @ConditionalOnBooleanProperty(name = "mooring.outbox.migrate", matchIfMissing = true)
    StartTaskOfDatabase outboxSchema() {
        if (!ClassUtils.isPresent(FLYWAY, OutboxAutoConfiguration.class.getClassLoader())) {
            throw new StartFailedException(
                    List.of(
                            "the outbox needs Flyway to make its tables: add org.flywaydb:flyway-database-postgresql, or run the scripts"
                                    + " in db/mooring/messages of mooring-messages yourself and set mooring.outbox.migrate=false"),
                    ExitCode.MISCONFIGURED,
                    new ClassNotFoundException(FLYWAY));
        }
        return new StartTaskOfDatabase("outbox", MessagesSchema.migrations());
    }
}
