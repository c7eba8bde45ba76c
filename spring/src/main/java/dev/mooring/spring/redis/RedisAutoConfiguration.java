package dev.mooring.spring.redis;

import dev.mooring.Dependency;
import dev.mooring.redis.settings.RedisVariables;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import dev.mooring.spring.health.HealthAutoConfiguration;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Adds the dependency {@code redis}, an optional one, to an application that has the module redis:
 *
 * <ul>
 *   <li>switched off by {@code REDIS_ENABLED=false}, one that health reports as {@code disabled};
 *   <li>that of the application, where it has a connection factory of Spring Data: health only, the factory stays as it is;
 *   <li>else, where {@code REDIS_URL}, {@code REDIS_HOST} or {@code REDIS_NODES} is set, a supervised {@code Redis}.
 * </ul>
 *
 * A bean {@code redisDependency} of the application replaces all of it; an application with a {@code Redis} of its own adds this bean. Creating these beans does not use the network.
 */
@AutoConfiguration(
        after = SettingsAutoConfiguration.class,
        afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
        before = {SupervisionAutoConfiguration.class, HealthAutoConfiguration.class})
@ConditionalOnClass(RedisVariables.class)
@Import({RedisOfTheApplication.class, RedisOfOurSettings.class})
public final class RedisAutoConfiguration {
    /** Needs no client of Redis. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(RedisSwitch.Off.class)
    static class SwitchedOff {
        @Bean
        @ConditionalOnMissingBean(name = "redisDependency")
        Dependency redisDependency() {
            return Dependency.named("redis").optional().enabled(false).build();
        }
    }
}
