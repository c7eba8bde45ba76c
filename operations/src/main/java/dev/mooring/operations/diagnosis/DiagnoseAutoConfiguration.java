package dev.mooring.operations.diagnosis;

import dev.mooring.Mooring;
import dev.mooring.operations.audit.Audit;
import dev.mooring.operations.audit.AuditAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** The call that examines a dependency. */
@AutoConfiguration(after = AuditAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(Audit.class)
public final class DiagnoseAutoConfiguration {
    @Bean
    DiagnoseController diagnoseController(Mooring mooring, Audit audit) {
        return new DiagnoseController(mooring, audit);
    }
}
