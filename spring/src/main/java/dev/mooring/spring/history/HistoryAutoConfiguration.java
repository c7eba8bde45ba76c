package dev.mooring.spring.history;

import dev.mooring.Mooring;
import dev.mooring.history.HealthHistory;
import dev.mooring.settings.DependencySettings;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import dev.mooring.spring.health.HealthAutoConfiguration;
import dev.mooring.spring.health.HealthPath;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import dev.mooring.time.Time;
import jakarta.servlet.Filter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps the history of health in memory, as a listener to events, and serves it at {@code /health/history}. */
@AutoConfiguration(
        after = SettingsAutoConfiguration.class,
        before = {SupervisionAutoConfiguration.class, HealthAutoConfiguration.class})
public final class HistoryAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    HealthHistory healthHistory(Settings settings) {
        return new HealthHistory(Time.system(), settings.get(DependencySettings.HISTORY));
    }

    /** Only in a servlet application. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(Filter.class)
    static class OverHttp {
        @Bean
        @ConditionalOnMissingBean(name = "historyPath")
        HealthPath historyPath(Mooring mooring, HealthHistory history) {
            return new HistoryPath(mooring, history, Time.system());
        }
    }
}
