package dev.mooring.registry.events;

import dev.mooring.settings.Settings;
import java.util.Objects;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches where the setting names one kind of queue. */
abstract class WithQueue implements Condition {
    private final QueueBackend backend;

    WithQueue(QueueBackend backend) {
        this.backend = backend;
    }

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Settings settings = Objects.requireNonNull(context.getBeanFactory()).getBean(Settings.class);
        return settings.get(EventSettings.BACKEND) == backend;
    }

    /** Events go to Redis. */
    static final class Redis extends WithQueue {
        Redis() {
            super(QueueBackend.REDIS);
        }
    }

    /** Events go to a queue in the database. */
    static final class Postgres extends WithQueue {
        Postgres() {
            super(QueueBackend.POSTGRES);
        }
    }

    /** There are no events. */
    static final class None extends WithQueue {
        None() {
            super(QueueBackend.NONE);
        }
    }
}
