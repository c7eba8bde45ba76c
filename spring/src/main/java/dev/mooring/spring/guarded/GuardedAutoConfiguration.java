package dev.mooring.spring.guarded;

import dev.mooring.Dependency;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/** Guards methods that have the annotation {@link Guarded}. Off with {@code mooring.guarded.enabled=false}. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "mooring.guarded.enabled", matchIfMissing = true)
public final class GuardedAutoConfiguration {
    /** A part of the infrastructure, because the one below, which needs it, exists before post-processors of the application do. */
    @Bean
    @ConditionalOnMissingBean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static FailedCalls failedCalls() {
        return new FailedCalls();
    }

    @Bean
    @ConditionalOnMissingBean
    static GuardedMethods guardedMethods(ObjectProvider<Dependency> dependencies, FailedCalls failed) {
        return new GuardedMethods(new GuardedDependencies(dependencies), failed);
    }

    /** Wraps beans that have guarded methods in a proxy, outside of all other advice, and checks which dependencies they name. */
    static final class GuardedMethods extends AbstractBeanFactoryAwareAdvisingPostProcessor
            implements SmartInitializingSingleton {
        private static final long serialVersionUID = 1;

        private final transient GuardedDependencies dependencies;

        GuardedMethods(GuardedDependencies dependencies, FailedCalls failed) {
            this.dependencies = dependencies;
            setProxyTargetClass(true);
            setBeforeExistingAdvisors(true);
            this.advisor = new DefaultPointcutAdvisor(
                    new AnnotationMatchingPointcut(null, Guarded.class, true), new GuardedCalls(dependencies, failed));
        }

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            Class<?> type = AopUtils.getTargetClass(bean);
            if (isEligible(type)) {
                dependencies.add(type);
            }
            return super.postProcessAfterInitialization(bean, beanName);
        }

        @Override
        public void afterSingletonsInstantiated() {
            dependencies.checkAll();
        }
    }
}
