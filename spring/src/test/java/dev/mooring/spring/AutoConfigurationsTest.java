package dev.mooring.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.settings.DependencySettings;
import dev.mooring.settings.Settings;
import dev.mooring.spring.actuator.ActuatorAutoConfiguration;
import dev.mooring.spring.actuator.ReadinessAutoConfiguration;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import dev.mooring.spring.health.DetailedHealthAccess;
import dev.mooring.spring.health.HealthAutoConfiguration;
import dev.mooring.spring.history.HistoryAutoConfiguration;
import dev.mooring.spring.metrics.MetricsAutoConfiguration;
import dev.mooring.spring.problem.ProblemAutoConfiguration;
import dev.mooring.spring.request.CorrelationAutoConfiguration;
import dev.mooring.spring.request.CorsAutoConfiguration;
import dev.mooring.spring.request.RequestAutoConfiguration;
import dev.mooring.spring.request.SafeAnswerAutoConfiguration;
import dev.mooring.spring.requestlog.RequestLogAutoConfiguration;
import dev.mooring.spring.shutdown.ShutdownAutoConfiguration;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Each auto-configuration creates its beans, backs off from those of the application, can be switched off, and works without
 * optional classes.
 */
@Timeout(60)
class AutoConfigurationsTest {
    private static final AutoConfigurations OURS = AutoConfigurations.of(
            SettingsAutoConfiguration.class,
            SupervisionAutoConfiguration.class,
            HealthAutoConfiguration.class,
            HistoryAutoConfiguration.class,
            MetricsAutoConfiguration.class,
            ProblemAutoConfiguration.class,
            RequestAutoConfiguration.class,
            ShutdownAutoConfiguration.class,
            ActuatorAutoConfiguration.class,
            CorrelationAutoConfiguration.class,
            CorsAutoConfiguration.class,
            ReadinessAutoConfiguration.class,
            RequestLogAutoConfiguration.class,
            SafeAnswerAutoConfiguration.class);
    private static final String[] EVERYTHING = {
        "mooring.problem.enabled=true",
        "mooring.problem.all=true",
        "mooring.request.enabled=true",
        "mooring.correlation.enabled=true",
        "mooring.headers.enabled=true",
        "mooring.logging.enabled=true"
    };

    private final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(OURS);
    private final ApplicationContextRunner plain = new ApplicationContextRunner().withConfiguration(OURS);

    @Test
    void webApplication_thatSwitchesEverythingOn_hasAllOfIt() {
        web.withPropertyValues(EVERYTHING).run(context -> assertThat(context)
                .hasNotFailed()
                .hasSingleBean(Mooring.class)
                .hasBean("healthFilter")
                .hasBean("drainFilter")
                .hasBean("safeAnswerFilter")
                .hasBean("correlationFilter")
                .hasBean("concurrencyLimitFilter")
                .hasBean("requestLog")
                .hasBean("deadlineFilter")
                .hasBean("bodyLimitFilter")
                .hasBean("problemAdvice")
                .hasBean("historyPath")
                .hasBean("mooringHealthIndicator")
                .hasBean("refusedCalls")
                .hasBean("readinessWithReport"));
    }

    @Test
    void webApplication_thatSwitchesNothing_hasHealthAndDrainAndNoOpinions() {
        web.run(context -> assertThat(context)
                .hasNotFailed()
                .hasBean("healthFilter")
                .hasBean("drainFilter")
                .hasBean("historyPath")
                .hasBean("refusedCalls")
                .hasBean("mooringHealthIndicator")
                .doesNotHaveBean("correlationFilter")
                .doesNotHaveBean("concurrencyLimitFilter")
                .doesNotHaveBean("requestLog")
                .doesNotHaveBean("deadlineFilter")
                .doesNotHaveBean("bodyLimitFilter")
                .doesNotHaveBean("problemAdvice")
                .doesNotHaveBean("problemErrorController"));
    }

    @Test
    void problemsOfOurOwn_leaveAllOtherErrorsToTheApplication() {
        web.withPropertyValues("mooring.problem.enabled=true").run(context -> assertThat(context)
                .hasBean("refusedCalls")
                .doesNotHaveBean("problemAdvice")
                .doesNotHaveBean("problemErrorController"));
    }

    @Test
    void originsOfWebPages_switchTheirFilterOn() {
        web.withPropertyValues("mooring.cors-allowed-origins=https://app.example.org")
                .run(context -> assertThat(context.getBean("corsAllowedOrigins", FilterRegistrationBean.class)
                                .isEnabled())
                        .isTrue());
    }

    @Test
    void readinessGroupOfTheUser_isHis() {
        web.withPropertyValues("management.endpoint.health.group.readiness.include=readinessState")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("readinessWithReport"));
    }

    @Test
    void virtualThreads_areNotLimitedInNumber() {
        web.withPropertyValues(EVERYTHING)
                .withPropertyValues("spring.threads.virtual.enabled=true")
                .run(context -> assertThat(context.containsBean("concurrencyLimitFilter"))
                        .isEqualTo(!Threading.VIRTUAL.isActive(context.getEnvironment())));
    }

    @Test
    void otherApplication_isSupervisedAndHasNoFilters() {
        plain.withUserConfiguration(OwnDependency.class).run(context -> {
            assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean("healthFilter")
                    .doesNotHaveBean("historyPath")
                    .doesNotHaveBean("problemAdvice")
                    .doesNotHaveBean("mooringDrain");
            assertThat(context.getBean(Mooring.class).dependencies())
                    .extracting(Dependency::name)
                    .containsExactly("ranking");
        });
    }

    @Test
    void switchedOff_eachPartIsMissing() {
        web.withPropertyValues(
                        "mooring.health.enabled=false",
                        "mooring.shutdown.enabled=false",
                        "management.health.mooring.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean("healthFilter")
                        .doesNotHaveBean("mooringDrain")
                        .doesNotHaveBean("mooringHealthIndicator")
                        .doesNotHaveBean("readinessWithReport"));
    }

    @Test
    void beansOfTheApplication_win() {
        web.withUserConfiguration(OwnBeans.class).run(context -> {
            assertThat(context.getBean(DetailedHealthAccess.class)).isSameAs(OwnBeans.ACCESS);
            assertThat(context).hasSingleBean(Mooring.class).hasBean("mine").doesNotHaveBean("mooring");
        });
    }

    @Test
    void classesMissing_areNotMissed() {
        web.withClassLoader(new FilteredClassLoader(HealthIndicator.class, DispatcherServlet.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("healthFilter")
                        .doesNotHaveBean("mooringHealthIndicator")
                        .doesNotHaveBean("problemAdvice"));
    }

    @Test
    void meterRegistryOfTheApplication_getsTheMeters() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ApplicationContextRunner metered =
                plain.withUserConfiguration(OwnDependency.class).withBean(MeterRegistry.class, () -> registry);
        metered.withPropertyValues("spring.main.lazy-initialization=true").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(registry.get("mooring.breaker.state")
                            .tags("dependency", "ranking", "state", "closed")
                            .gauge()
                            .value())
                    .isOne();
        });
        metered.withPropertyValues("mooring.metrics.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("dependencyMeters"));
        metered.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("dependencyMeters"));
        plain.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("dependencyMeters"));
    }

    @Test
    void settingOfADependencyOfTheApplication_isCheckedToo() {
        plain.withUserConfiguration(SettableDependency.class)
                .withPropertyValues("mooring.ranking.cb.failure-threshold=many")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("mooring.ranking.cb.failure-threshold is \"many\""));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnDependency {
        @Bean
        Dependency ranking() {
            return Dependency.named("ranking").optional().build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SettableDependency {
        @Bean
        Dependency ranking(Settings settings) {
            return Dependency.named("ranking")
                    .with(DependencySettings.from(settings))
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnBeans {
        static final DetailedHealthAccess ACCESS = request -> Optional.empty();

        @Bean
        DetailedHealthAccess access() {
            return ACCESS;
        }

        @Bean(destroyMethod = "close")
        Mooring mine() {
            return Mooring.supervise();
        }
    }
}
