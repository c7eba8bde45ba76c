package dev.mooring.spring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.DependencyHealth;
import dev.mooring.health.Status;
import dev.mooring.probe.Finding;
import dev.mooring.redis.Redis;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import dev.mooring.spring.environment.StartFailedException;
import dev.mooring.spring.metrics.MetricsAutoConfiguration;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import dev.mooring.testing.process.ChildProcess;
import dev.mooring.testing.redis.TestRedis;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

@Timeout(60)
class RedisAutoConfigurationTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static TestRedis server;

    private final ApplicationContextRunner ours = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    SettingsAutoConfiguration.class,
                    SupervisionAutoConfiguration.class,
                    MetricsAutoConfiguration.class,
                    RedisAutoConfiguration.class));
    private final ApplicationContextRunner withAddress =
            ours.withPropertyValues("mooring.redis.host=127.0.0.1", "mooring.redis.port=" + server.port());
    private final ApplicationContextRunner springData = ours.withConfiguration(
                    AutoConfigurations.of(DataRedisAutoConfiguration.class))
            .withPropertyValues("spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + server.port());

    @BeforeAll
    static void start() {
        server = TestRedis.started();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static DependencyHealth health(ApplicationContext context) {
        return context.getBean(Mooring.class).health().dependency("redis").orElseThrow();
    }

    private static void awaitStatus(ApplicationContext context, Status status) {
        await().atMost(LONG).until(() -> health(context).status() == status);
    }

    @Test
    void addressOfOurs_givesASupervisedRedis_inHealthAndMetrics() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        withAddress.withBean(MeterRegistry.class, () -> meters).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(Redis.class).hasSingleBean(Dependency.class);
            awaitStatus(context, Status.UP);
            assertThat(health(context).critical()).isFalse();
            Redis redis = context.getBean(Redis.class);
            assertThat(redis.call(commands -> commands.set("a", "b")).get()).isEqualTo("OK");
            assertThat(meters.find("mooring.breaker.state")
                            .tag("dependency", "redis")
                            .gauges())
                    .isNotEmpty();
        });
        await().atMost(LONG).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("mooring-redis-")));
    }

    @Test
    void nothingSet_addsNothing() {
        ours.run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(Redis.class);
            assertThat(context.getBean(Mooring.class).dependencies()).isEmpty();
        });
    }

    @Test
    void switchedOff_isDisabledInHealth_alsoBesideSpringData() {
        for (ApplicationContextRunner any : List.of(ours, withAddress, springData)) {
            any.withPropertyValues("mooring.redis.enabled=false").run(context -> {
                assertThat(context).hasNotFailed().doesNotHaveBean(Redis.class);
                assertThat(health(context).status()).isEqualTo(Status.DISABLED);
            });
        }
    }

    @Test
    void connectionFactoryOfTheApplication_staysAsItIs_andIsProbed() {
        // An address of ours changes nothing: the application has its own.
        springData.withPropertyValues("mooring.redis.host=127.0.0.1").run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(Redis.class).hasSingleBean(RedisConnectionFactory.class);
            assertThat(context.getBean(RedisConnectionFactory.class))
                    .isExactlyInstanceOf(LettuceConnectionFactory.class);
            awaitStatus(context, Status.UP);
            context.getBean(StringRedisTemplate.class).opsForValue().set("a", "b");
            assertThat(server.admin().text("EXISTS", "mooring:probe")).isEqualTo("0");

            server.fillMemory();
            awaitStatus(context, Status.DEGRADED);
            assertThat(health(context).findings()).extracting(Finding::kind).containsExactly(FailureKind.OUT_OF_MEMORY);
            server.freeMemory();
            awaitStatus(context, Status.UP);
            server.stop();
            awaitStatus(context, Status.DOWN);
            assertThat(health(context).lastFailure().orElseThrow().kind()).isEqualTo(FailureKind.CONNECTION_REFUSED);
            server.start();
            awaitStatus(context, Status.UP);
        });
    }

    @Test
    void dependencyOfTheApplication_wins() {
        withAddress.withUserConfiguration(OwnRedis.class).run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(Redis.class);
            assertThat(context.getBean(Mooring.class).dependencies())
                    .extracting(Dependency::name)
                    .containsExactly("cache");
        });
    }

    @Test
    void moduleMissing_isNotMissed() {
        ours.withClassLoader(new FilteredClassLoader("dev.mooring.redis"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("redisDependency"));
    }

    @Test
    void badAddress_endsTheStartWithOneLine_withoutTheSecret() {
        assertThatThrownBy(() -> new SpringApplication(Empty.class)
                        .run(
                                "--mooring.redis.url=redis://:s3cr3t@redis:99999",
                                "--spring.main.web-application-type=none"))
                .isInstanceOfSatisfying(StartFailedException.class, failed -> {
                    assertThat(failed.getExitCode()).isEqualTo(2);
                    assertThat(failed.lines()).singleElement().satisfies(line -> assertThat(line)
                            .startsWith("mooring.redis.url")
                            .contains("; expected an address such as redis://user")
                            .doesNotContain("s3cr3t"));
                });
    }

    @Test
    void switchedOff_loadsNoClassOfAClient() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try (ChildProcess process = ChildProcess.command(
                        java,
                        "-Xlog:class+load",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WithoutRedis.class.getName())
                .start()) {
            assertThat(process.awaitExit(Duration.ofSeconds(40))).isZero();
            assertThat(process.stdout()).anyMatch(line -> line.contains(WithoutRedis.DONE));
            assertThat(process.stdout())
                    .filteredOn(line -> line.contains(" io.lettuce.")
                            || line.contains(" io.netty.")
                            || line.contains(" dev.mooring.redis."))
                    .allMatch(line -> line.contains(" dev.mooring.redis.settings."));
        }
    }

    /** Two applications with the starter that use no Redis. */
    static final class WithoutRedis {
        static final String DONE = "ran without Redis";

        private WithoutRedis() {}

        public static void main(String[] arguments) {
            run("--mooring.redis.enabled=false", "--mooring.redis.host=127.0.0.1");
            run("--server.port=0");
            System.out.println(DONE);
        }

        private static void run(String... arguments) {
            SpringApplication application = new SpringApplication(Empty.class);
            application.setWebApplicationType(WebApplicationType.NONE);
            try (var context = application.run(arguments)) {
                if (context.getBeanNamesForType(Mooring.class).length != 1) {
                    throw new IllegalStateException("nothing supervises");
                }
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        SettingsAutoConfiguration.class,
        SupervisionAutoConfiguration.class,
        RedisAutoConfiguration.class
    })
    static class Empty {}

    @Configuration(proxyBeanMethods = false)
    static class OwnRedis {
        @Bean
        Dependency redisDependency() {
            return Dependency.named("cache").optional().build();
        }
    }
}
