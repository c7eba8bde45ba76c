package dev.mooring.spring.environment;

import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches where a setting has a value, under any of its names. Spring's own condition does not see the variables of URIs and secrets. Extend
 * it with the setting: {@code new OnSetting(RANKING.address())}.
 */
public abstract class OnSetting extends SpringBootCondition {
    private static final String SETTINGS = "mooringSettings";

    private final Setting<?> setting;

    protected OnSetting(Setting<?> setting) {
        this.setting = setting;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Mooring setting " + setting);
        return isSet(context)
                ? ConditionOutcome.match(message.foundExactly("a value"))
                : ConditionOutcome.noMatch(message.because("it has no value"));
    }

    /** In a Boot application the settings are there before the beans; in any other context their properties are. */
    private boolean isSet(ConditionContext context) {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        if (beans != null && beans.getSingleton(SETTINGS) instanceof Settings settings) {
            return settings.find(setting).isPresent();
        }
        return context.getEnvironment()
                .containsProperty(SpringMetadata.PREFIX + setting.name().property());
    }
}
