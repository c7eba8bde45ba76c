package dev.mooring.registry.configuration;

import dev.mooring.Mooring;
import dev.mooring.embedded.EmbeddedPostgres;
import dev.mooring.postgres.settings.DatabaseSettings;
import dev.mooring.registry.audit.Audit;
import dev.mooring.registry.control.ControlTransactions;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has each start compared with the last one. */
@Configuration(proxyBeanMethods = false)
public class ConfigurationAuditConfiguration {
    @Bean(destroyMethod = "close")
    StartAudit startAudit(
            Mooring mooring,
            ControlTransactions control,
            Audit audit,
            Settings settings,
            SettingCatalog catalog,
            ObjectProvider<EmbeddedPostgres> embedded) {
        Set<Setting<?>> nobodySet = embedded.getIfAvailable() == null
                ? Set.of()
                : Set.of(DatabaseSettings.DATABASE.port(), DatabaseSettings.DATABASE.password());
        return new StartAudit(
                mooring,
                control,
                audit,
                settings.get(ServiceSettings.NAME),
                Configured.of(settings, catalog, nobodySet));
    }
}
