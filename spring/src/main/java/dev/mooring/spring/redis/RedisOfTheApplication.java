package dev.mooring.spring.redis;

import dev.mooring.Dependency;
import dev.mooring.redis.Redis;
import dev.mooring.settings.DependencySettings;
import dev.mooring.settings.Settings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** The Redis that the application reaches with Spring Data: its connection factory stays untouched, and health reports what it reaches. */
@Configuration(proxyBeanMethods = false)
@Conditional(RedisSwitch.NotOff.class)
@ConditionalOnClass(RedisConnectionFactory.class)
class RedisOfTheApplication {
    @Bean(destroyMethod = "close")
    @ConditionalOnSingleCandidate(RedisConnectionFactory.class)
    @ConditionalOnMissingBean(name = "redisDependency")
    ProbeConnections redisProbeConnections(RedisConnectionFactory ofTheApplication) {
        return ProbeConnections.to(ofTheApplication);
    }

    @Bean
    @ConditionalOnBean(ProbeConnections.class)
    Dependency redisDependency(ProbeConnections connections, Settings settings) {
        return Dependency.named("redis")
                .optional()
                .failures(Redis.failures())
                .with(DependencySettings.from(settings))
                .probe(new ConnectionFactoryProbe(connections))
                .build();
    }
}
