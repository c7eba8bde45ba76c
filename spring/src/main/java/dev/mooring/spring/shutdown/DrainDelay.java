package dev.mooring.spring.shutdown;

import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import java.time.Duration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/** How long an application drains: what is set, or by default nothing where no load balancer sends requests. */
final class DrainDelay {
    private static final String DEVTOOLS = "org.springframework.boot.devtools.restart.Restarter";
    private static final String RESTARTS = "spring.devtools.restart.enabled";
    /** Spring's test support adds this property source to the environment of each test. */
    private static final String TEST = "Inlined Test Properties";

    private DrainDelay() {}

    static Duration of(Settings settings, ApplicationContext context) {
        if (!(context instanceof WebServerApplicationContext)) {
            return Duration.ZERO;
        }
        boolean isDevelopment = isTest(context) || restarts(context);
        return isDevelopment && !settings.isSet(ServiceSettings.SHUTDOWN_DRAIN_DELAY)
                ? Duration.ZERO
                : settings.get(ServiceSettings.SHUTDOWN_DRAIN_DELAY);
    }

    private static boolean isTest(ApplicationContext context) {
        return context.getEnvironment() instanceof ConfigurableEnvironment environment
                && environment.getPropertySources().contains(TEST);
    }

    private static boolean restarts(ApplicationContext context) {
        return ClassUtils.isPresent(DEVTOOLS, context.getClassLoader())
                && context.getEnvironment().getProperty(RESTARTS, Boolean.class, true);
    }
}
