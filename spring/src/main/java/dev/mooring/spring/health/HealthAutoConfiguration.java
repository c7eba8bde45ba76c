package dev.mooring.spring.health;

import dev.mooring.Mooring;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import dev.mooring.spring.request.ClosedCors;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import dev.mooring.time.Time;
import jakarta.servlet.Filter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.info.ProjectInfoAutoConfiguration;
import org.springframework.boot.info.GitProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Answers the health paths: {@code /health}, {@code /health/live}, {@code /health/ready}, {@code /health/detailed} and those of
 * {@link HealthPath} beans. Off with {@code mooring.health.enabled=false}. An application that answers one of these paths itself keeps
 * it.
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
    HealthPaths healthPaths(ObjectProvider<HealthPath> further) {
        return new HealthPaths(further.orderedStream().toList());
    }

    @Bean
    @ConditionalOnMissingBean(name = "healthFilter")
    FilterRegistrationBean<HealthFilter> healthFilter(
            Mooring mooring,
            HealthPaths paths,
            ServiceIdentity identity,
            DetailedHealthAccess access,
            Settings settings,
            SettingCatalog catalog,
            ObjectProvider<DetailSection> sections,
            ObjectProvider<HealthNotice> notices,
            ObjectProvider<HealthPath> further,
            ConfigurableApplicationContext context) {
        Stream<DetailSection> ours = Stream.of(
                new BreakerSection(mooring),
                new ConfigurationSection(
                        catalog.settings().stream().map(settings::inForce).toList()),
                new ProcessSection());
        List<DetailSection> details =
                Stream.concat(sections.orderedStream(), ours).toList();
        Duration age = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
        HealthBody body = new HealthBody(identity, notices.orderedStream().toList(), Time.system(), age);
        boolean detailsArePublic = settings.get(ServiceSettings.HEALTH_DETAILS_PUBLIC);
        HealthAnswers answers = new HealthAnswers(mooring, body, details, detailsArePublic);
        FilterRegistrationBean<HealthFilter> registration = new FilterRegistrationBean<>(new HealthFilter(
                paths,
                answers,
                access,
                detailsArePublic,
                further.orderedStream().toList(),
                Optional.of(settings.get(ServiceSettings.CORS_ALLOWED_ORIGINS))
                        .filter(origins -> !origins.isEmpty())
                        .map(ClosedCors::onHealth)));
        registration.setOrder(new BehindSecurity(context.getBeanFactory(), context.getEnvironment()).order());
        return registration;
    }

    /** Only where Spring MVC has handlers. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HandlerMapping.class, DispatcherServletPath.class})
    static class BesideHandlers {
        @Bean
        PathsOfTheApplication healthPathsOfTheApplication(
                HealthPaths paths, ListableBeanFactory beans, ObjectProvider<DispatcherServletPath> servlet) {
            String prefix = servlet.stream()
                    .map(DispatcherServletPath::getPrefix)
                    .findFirst()
                    .orElse("");
            return new PathsOfTheApplication(paths, beans, prefix);
        }
    }
}
