package dev.mooring.registry.audit;

import dev.mooring.registry.control.ControlTransactions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service's audit. */
@Configuration(proxyBeanMethods = false)
public class AuditConfiguration {
    @Bean
    Audit audit(ControlTransactions control) {
        return new Audit(control);
    }

    @Bean
    AuditSection auditSection(Audit audit) {
        return new AuditSection(audit);
    }
}
