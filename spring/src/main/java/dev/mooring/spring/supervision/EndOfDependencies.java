package dev.mooring.spring.supervision;

import dev.mooring.Dependency;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.beans.factory.config.SingletonBeanRegistry;

/** Ends the supervision of each bean of type {@link Dependency} before Spring closes what its probe uses. */
final class EndOfDependencies implements DestructionAwareBeanPostProcessor {
    private final SingletonBeanRegistry beans;

    EndOfDependencies(SingletonBeanRegistry beans) {
        this.beans = beans;
    }

    @Override
    public boolean requiresDestruction(Object bean) {
        return bean instanceof Dependency;
    }

    @Override
    public void postProcessBeforeDestruction(Object bean, String beanName) {
        if (bean instanceof Dependency dependency
                && beans.getSingleton(Supervision.BEAN) instanceof Supervision supervision) {
            supervision.remove(dependency);
        }
    }
}
