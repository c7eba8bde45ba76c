package dev.mooring.spring.environment;

import dev.mooring.settings.Settings;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.ConfigurableEnvironment;

/** Finds the settings for a condition, which Spring evaluates before there are beans. */
public final class SettingsAtHand {
    private static final String BEAN = "mooringSettings";

    private SettingsAtHand() {}

    /** In a Boot application those that it has read at its start; in any other context they are read now. */
    public static Settings of(ConditionContext context) {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        if (beans != null && beans.getSingleton(BEAN) instanceof Settings settings) {
            return settings;
        }
        ClassLoader loader = SettingsAtHand.class.getClassLoader();
        return EnvironmentSettings.of(
                (ConfigurableEnvironment) context.getEnvironment(), StarterCatalog.ofTheApplication(loader), loader);
    }
}
