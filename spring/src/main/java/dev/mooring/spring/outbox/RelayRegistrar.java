package dev.mooring.spring.outbox;

import dev.mooring.messages.Delivery;
import dev.mooring.messages.Relay;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

/** Adds a bean of type {@code Relay}, called {@code NAMERelay}, for each bean of type {@code Delivery} called {@code NAME}. */
final class RelayRegistrar implements ImportBeanDefinitionRegistrar {
    @Override
    public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
        if (registry instanceof ListableBeanFactory beans) {
            for (String delivery : beans.getBeanNamesForType(Delivery.class, false, false)) {
                registry.registerBeanDefinition(delivery + "Relay", relay(delivery));
            }
        }
    }

    private static RootBeanDefinition relay(String delivery) {
        RootBeanDefinition relay = new RootBeanDefinition(Relay.class);
        relay.setFactoryBeanName(OutboxAutoConfiguration.RELAYS);
        relay.setFactoryMethodName("start");
        relay.getConstructorArgumentValues().addIndexedArgumentValue(0, delivery);
        relay.getConstructorArgumentValues().addIndexedArgumentValue(1, new RuntimeBeanReference(delivery));
        relay.setDestroyMethodName("close");
        relay.setLazyInit(false);
        return relay;
    }
}
