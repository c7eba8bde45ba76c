package dev.mooring.registry.events;

import dev.mooring.redis.settings.RedisVariables;
import dev.mooring.settings.Settings;
import java.util.Objects;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches where the settings switch Redis on, or off. */
abstract class RedisIs implements Condition {
    private final boolean on;

    RedisIs(boolean on) {
        this.on = on;
    }

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return Objects.requireNonNull(context.getBeanFactory())
                        .getBean(Settings.class)
                        .get(RedisVariables.ENABLED)
                == on;
    }

    /** The service uses Redis. */
    static final class On extends RedisIs {
        On() {
            super(true);
        }
    }

    /** The service uses no Redis. */
    static final class Off extends RedisIs {
        Off() {
            super(false);
        }
    }
}
