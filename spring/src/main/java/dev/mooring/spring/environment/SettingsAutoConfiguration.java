package dev.mooring.spring.environment;

import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.Settings;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/** The settings in force. In a Boot application they were read before; elsewhere they are read here. */
@AutoConfiguration
public final class SettingsAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    SettingCatalog mooringSettingCatalog() {
        return StarterCatalog.ofTheApplication(SettingsAutoConfiguration.class.getClassLoader());
    }

    @Bean
    @ConditionalOnMissingBean
    Settings mooringSettings(ConfigurableEnvironment environment, SettingCatalog catalog) {
        return Settings.of(new SpringSettingSource(environment), catalog);
    }
}
