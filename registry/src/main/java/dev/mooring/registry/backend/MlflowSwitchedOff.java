package dev.mooring.registry.backend;

import dev.mooring.Dependency;
import dev.mooring.settings.Settings;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** With {@code MLFLOW_ENABLED=false} health names the dependency, as {@code disabled}, so that no reader takes it for one that is not known. */
@Configuration(proxyBeanMethods = false)
@Conditional(MlflowSwitchedOff.Off.class)
public class MlflowSwitchedOff {
    @Bean
    Dependency mlflowDependency() {
        return Dependency.named(MlflowSettings.NAME).optional().enabled(false).build();
    }

    /** Matches where the setting is there and says no. */
    static final class Off implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Settings settings = Objects.requireNonNull(context.getBeanFactory()).getBean(Settings.class);
            return settings.isSet(MlflowSettings.BACKEND.enabled()) && !settings.get(MlflowSettings.BACKEND.enabled());
        }
    }
}
