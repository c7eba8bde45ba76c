package dev.mooring.registry.backend;

import dev.mooring.settings.Settings;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Objects;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Beans that exist only while an MLflow server stands behind the service. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(BehindMlflow.Present.class)
public @interface BehindMlflow {
    /** Whether the settings name an MLflow server, and switch it on. */
    class Present implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return MlflowSettings.isBehind(
                    Objects.requireNonNull(context.getBeanFactory()).getBean(Settings.class));
        }
    }
}
