package dev.mooring.operations.audit;

import dev.mooring.operations.OperationsSettings;
import dev.mooring.operations.control.ControlAutoConfiguration;
import dev.mooring.operations.control.ControlTransactions;
import dev.mooring.settings.Settings;
import dev.mooring.time.Time;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The audit of the application, and the endpoints that read it. */
@AutoConfiguration(after = ControlAutoConfiguration.class)
@ConditionalOnBean(ControlTransactions.class)
public final class AuditAutoConfiguration {
    /** Closed before the control connection, on which its last entries go. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Audit audit(ControlTransactions control) {
        return new Audit(control);
    }

    @Bean
    AuditSection auditSection(Audit audit) {
        return new AuditSection(audit);
    }

    @Bean
    ChainNotice chainNotice(Audit audit) {
        return new ChainNotice(audit);
    }

    @Bean
    Checkpoints auditCheckpoints(ControlTransactions control, Audit audit, Settings settings) {
        return new Checkpoints(
                control,
                audit,
                settings.secret(OperationsSettings.AUDIT_SIGNING_KEY).map(CheckpointSigner::new),
                Time.system());
    }

    @Bean
    AuditController auditController(ControlTransactions control, Audit audit, Checkpoints checkpoints) {
        return new AuditController(control, audit, checkpoints.signer());
    }
}
