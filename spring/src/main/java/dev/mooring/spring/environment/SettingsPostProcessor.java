package dev.mooring.spring.environment;

import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.Settings;
import org.apache.commons.logging.Log;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Reads and checks all settings before there are beans, so that a start with mistakes fails with one line for each and not with
 * a chain of causes. Runs after everything that adds properties. Boot instantiates it by its class name.
 */
public final class SettingsPostProcessor implements EnvironmentPostProcessor, Ordered {
    private static final String VARIABLES = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    private final Log log;
    private final ConfigurableBootstrapContext bootstrap;

    SettingsPostProcessor(DeferredLogFactory logs, ConfigurableBootstrapContext bootstrap) {
        this.log = logs.getLog(SettingsPostProcessor.class);
        this.bootstrap = bootstrap;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 100;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        SettingCatalog catalog = StarterCatalog.ofTheApplication(application.getClassLoader());
        MutablePropertySources sources = environment.getPropertySources();
        Settings settings = EnvironmentSettings.of(environment, catalog, application.getClassLoader());
        PropertySource<?> variables = sources.get(VARIABLES);
        PlainNames plain = PlainNames.of(environment, application.getClassLoader());
        if (variables != null) {
            sources.addAfter(VARIABLES, VariablesAsProperties.of(variables, catalog, plain));
        }
        check(settings);
        BootProperties boot = new BootProperties(settings);
        MapPropertySource ordered = new MapPropertySource("mooringOrdered", boot.ordered());
        if (variables != null) {
            sources.addAfter(VARIABLES, ordered);
        } else {
            sources.addLast(ordered);
        }
        sources.addLast(new MapPropertySource("mooringDefaults", boot.defaults()));
        settings.warnings().forEach(log::warn);
        new MisspelledProperties(catalog).warnings(environment).forEach(log::warn);
        WithoutEffect.warnings(settings).forEach(log::warn);
        if (!StarterCatalog.isSupplied(application.getClassLoader())) {
            WithoutEffect.warnings(settings, environment).forEach(log::warn);
        }
        bootstrap.registerIfAbsent(Settings.class, InstanceSupplier.of(settings));
        bootstrap.addCloseListener(
                event -> event.getApplicationContext().getBeanFactory().registerSingleton("mooringSettings", settings));
    }

    private static void check(Settings settings) {
        try {
            settings.check();
        } catch (InvalidSettingsException mistakes) {
            throw StartFailedException.of(mistakes);
        }
    }
}
