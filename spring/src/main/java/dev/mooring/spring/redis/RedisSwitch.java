package dev.mooring.spring.redis;

import dev.mooring.redis.settings.RedisVariables;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.SettingsAtHand;
import java.util.function.Predicate;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Conditions on whether the process uses Redis. They load no class of a Redis client. */
abstract class RedisSwitch extends SpringBootCondition {
    private final String state;
    private final Predicate<Settings> holds;

    private RedisSwitch(String state, Predicate<Settings> holds) {
        this.state = state;
        this.holds = holds;
    }

    private static boolean isOff(Settings settings) {
        return settings.isSet(RedisVariables.ENABLED) && !settings.get(RedisVariables.ENABLED);
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Mooring Redis");
        return holds.test(SettingsAtHand.of(context))
                ? ConditionOutcome.match(message.because("it is " + state))
                : ConditionOutcome.noMatch(message.because("it is not " + state));
    }

    /** {@code REDIS_ENABLED=false} is set. */
    static final class Off extends RedisSwitch {
        Off() {
            super("switched off", RedisSwitch::isOff);
        }
    }

    /** {@code REDIS_ENABLED=false} is not set. */
    static final class NotOff extends RedisSwitch {
        NotOff() {
            super("not switched off", settings -> !isOff(settings));
        }
    }

    /** An address is set, and {@code REDIS_ENABLED=false} is not. */
    static final class On extends RedisSwitch {
        On() {
            super("switched on", settings -> settings.get(RedisVariables.ENABLED));
        }
    }
}
