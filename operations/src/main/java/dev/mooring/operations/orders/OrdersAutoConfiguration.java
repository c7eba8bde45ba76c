package dev.mooring.operations.orders;

import dev.mooring.Mooring;
import dev.mooring.operations.audit.Audit;
import dev.mooring.operations.audit.AuditAutoConfiguration;
import dev.mooring.operations.control.ControlTransactions;
import dev.mooring.spring.request.UrgentRequests;
import dev.mooring.time.Time;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/** Operators' orders for the breakers of all supervised dependencies, and the endpoints that take them. */
@AutoConfiguration(after = AuditAutoConfiguration.class)
@ConditionalOnBean({ControlTransactions.class, Audit.class})
public final class OrdersAutoConfiguration {
    @Bean
    Operators operators(Mooring mooring, ControlTransactions control, Audit audit) {
        return new Operators(mooring.dependencies(), control, audit, Time.system());
    }

    @Bean
    BreakerController breakerController(Mooring mooring, Operators operators) {
        return new BreakerController(mooring, operators);
    }

    /** Gives operators' requests the reserved places, so that they get through when all others are taken. */
    @Bean
    UrgentRequests operatorsCalls() {
        return request -> request.getServletPath().startsWith("/ops/");
    }
}
