package dev.mooring.registry.operations;

import dev.mooring.Mooring;
import dev.mooring.registry.audit.Audit;
import dev.mooring.registry.control.ControlTransactions;
import dev.mooring.registry.intents.Operators;
import dev.mooring.spring.request.UrgentRequests;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The calls of operators. */
@Configuration(proxyBeanMethods = false)
public class OperationsConfiguration {
    @Bean
    BreakerController breakerController(Mooring mooring, Operators operators) {
        return new BreakerController(mooring, operators);
    }

    /** Operators must get through just when everything is full. */
    @Bean
    UrgentRequests operatorsCalls() {
        return request -> request.getServletPath().startsWith("/ops/");
    }

    @Bean
    AuditController auditController(ControlTransactions control, Audit audit) {
        return new AuditController(control, audit);
    }
}
