package dev.mooring.spring.health;

import dev.mooring.spring.request.FilterOrder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * The place of the health filter among the filters. Where the application defines its own {@code SecurityFilterChain}, health stands
 * behind Spring Security, so that the chain decides who reads it. Otherwise health stands before every filter that could wait; under
 * Boot's default chain it is as open as Actuator's health.
 */
final class BehindSecurity {
    private static final String CHAIN = "org.springframework.security.web.SecurityFilterChain";
    private static final String BOOT = "org.springframework.boot.";
    private static final int DEFAULT_ORDER = -100;

    private final ConfigurableListableBeanFactory beans;
    private final Environment environment;

    BehindSecurity(ConfigurableListableBeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    /** The order of the health filter. */
    int order() {
        int security = environment.getProperty("spring.security.filter.order", Integer.class, DEFAULT_ORDER);
        return hasChainOfTheApplication() ? security + 1 : FilterOrder.HEALTH.position();
    }

    private boolean hasChainOfTheApplication() {
        ClassLoader loader = beans.getBeanClassLoader();
        return ClassUtils.isPresent(CHAIN, loader)
                && Stream.of(beans.getBeanNamesForType(ClassUtils.resolveClassName(CHAIN, loader), true, false))
                        .anyMatch(name -> !isBoots(name));
    }

    private boolean isBoots(String name) {
        if (!beans.containsBeanDefinition(name)) {
            return false;
        }
        BeanDefinition chain = beans.getBeanDefinition(name);
        String factory = chain.getFactoryBeanName();
        Class<?> definedIn = factory == null ? null : beans.getType(factory);
        return begins(definedIn == null ? chain.getBeanClassName() : definedIn.getName());
    }

    private static boolean begins(@Nullable String className) {
        return className != null && className.startsWith(BOOT);
    }
}
