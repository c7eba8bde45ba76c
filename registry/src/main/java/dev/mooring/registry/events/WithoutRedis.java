package dev.mooring.registry.events;

import dev.mooring.redis.settings.RedisVariables;
import dev.mooring.settings.Settings;
import java.util.Objects;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches where the service uses no Redis: it is switched off, or has no address. */
final class WithoutRedis implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Settings settings = Objects.requireNonNull(context.getBeanFactory()).getBean(Settings.class);
        return !settings.get(RedisVariables.ENABLED);
    }
}
