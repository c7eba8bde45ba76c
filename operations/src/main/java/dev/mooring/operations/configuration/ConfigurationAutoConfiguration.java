package dev.mooring.operations.configuration;

import dev.mooring.Mooring;
import dev.mooring.operations.audit.Audit;
import dev.mooring.operations.audit.AuditAutoConfiguration;
import dev.mooring.operations.control.ControlTransactions;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import java.util.HashSet;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/** Compares the configuration of each start with that of the start before. */
@AutoConfiguration(after = AuditAutoConfiguration.class)
@ConditionalOnBean({ControlTransactions.class, Audit.class})
public final class ConfigurationAutoConfiguration {
    @Bean(destroyMethod = "close")
    StartAudit startAudit(
            Mooring mooring,
            ControlTransactions control,
            Audit audit,
            Settings settings,
            SettingCatalog catalog,
            ObjectProvider<InstanceSettings> ofTheInstance) {
        Set<Setting<?>> leftOut = new HashSet<>(Set.of(ServiceSettings.PORT));
        ofTheInstance.forEach(some -> leftOut.addAll(some.settings()));
        return new StartAudit(
                mooring, control, audit, settings.get(ServiceSettings.NAME), Configured.of(settings, catalog, leftOut));
    }
}
