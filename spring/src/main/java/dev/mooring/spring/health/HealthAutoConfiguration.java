package dev.mooring.spring.health;

import dev.mooring.Mooring;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import dev.mooring.spring.request.FilterOrder;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import dev.mooring.time.Time;
import jakarta.servlet.Filter;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.info.ProjectInfoAutoConfiguration;
import org.springframework.boot.info.GitProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Answers the health paths: {@code /health}, {@code /health/live}, {@code /health/ready}, {@code /health/detailed} and those of
 * {@link HealthPath} beans. Off with {@code mooring.health.enabled=false}.
 */
@AutoConfiguration(
        after = {SettingsAutoConfiguration.class, SupervisionAutoConfiguration.class, ProjectInfoAutoConfiguration.class
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(Filter.class)
@ConditionalOnBooleanProperty(name = "mooring.health.enabled", matchIfMissing = true)
public final class HealthAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    ServiceIdentity serviceIdentity(Settings settings, ObjectProvider<GitProperties> git) {
        return new ServiceIdentity(
                settings.get(ServiceSettings.NAME),
                settings.find(ServiceSettings.VERSION),
                git.stream()
                        .flatMap(known -> Stream.ofNullable(known.getShortCommitId()))
                        .findFirst(),
                settings.get(ServiceSettings.FEATURES));
    }

    @Bean
    @ConditionalOnMissingBean
    DetailedHealthAccess detailedHealthAccess(Environment environment) {
        return new LoopbackOnly(environment.getProperty("server.address", InetAddress.class));
    }

    @Bean
    @ConditionalOnMissingBean(name = "healthFilter")
    FilterRegistrationBean<HealthFilter> healthFilter(
            Mooring mooring,
            ServiceIdentity identity,
            DetailedHealthAccess access,
            Settings settings,
            SettingCatalog catalog,
            ObjectProvider<DetailSection> sections,
            ObjectProvider<HealthNotice> notices,
            ObjectProvider<HealthPath> further) {
        Stream<DetailSection> ours = Stream.of(
                new BreakerSection(mooring),
                new ConfigurationSection(
                        catalog.settings().stream().map(settings::inForce).toList()),
                new ProcessSection());
        List<DetailSection> details =
                Stream.concat(sections.orderedStream(), ours).toList();
        HealthBody body = new HealthBody(identity, notices.orderedStream().toList(), Time.system());
        HealthAnswers answers = new HealthAnswers(mooring, body, details);
        FilterRegistrationBean<HealthFilter> registration = new FilterRegistrationBean<>(
                new HealthFilter(answers, access, further.orderedStream().toList()));
        registration.setOrder(FilterOrder.HEALTH.position());
        return registration;
    }
}
