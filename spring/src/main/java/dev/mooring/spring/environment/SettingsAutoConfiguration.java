package dev.mooring.spring.environment;

import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.Settings;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Provides the settings. In a Boot application {@link SettingsPostProcessor} has read them before; in any other context this
 * class reads them.
 */
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
        PlainNames plain = PlainNames.of(environment, SettingsAutoConfiguration.class.getClassLoader());
        return Settings.of(new SpringSettingSource(environment, plain), catalog);
    }
}
