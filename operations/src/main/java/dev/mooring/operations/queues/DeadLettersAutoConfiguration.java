package dev.mooring.operations.queues;

import dev.mooring.messages.Backlog;
import dev.mooring.operations.access.AccessAutoConfiguration;
import dev.mooring.operations.audit.Audit;
import dev.mooring.operations.audit.AuditAutoConfiguration;
import dev.mooring.operations.control.ControlTransactions;
import dev.mooring.time.Time;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** The dead letters of an application, and what operators do with them. */
@AutoConfiguration(after = {AccessAutoConfiguration.class, AuditAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({ControlTransactions.class, Audit.class})
public final class DeadLettersAutoConfiguration {
    @Bean
    DeadLetterController deadLetterController(
            ControlTransactions control, Audit audit, ObjectProvider<Backlog> backlogs) {
        boolean hasQueues = backlogs.stream().findAny().isPresent();
        return new DeadLetterController(new DeadLetterActs(control, audit, hasQueues, Time.system()));
    }
}
