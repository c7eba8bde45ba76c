package dev.mooring.registry.models;

import dev.mooring.registry.store.ModelEvents;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** For applications of tests in which no other system hears of registrations. */
@Configuration(proxyBeanMethods = false)
public class WithoutEvents {
    @Bean
    ModelEvents noEvents() {
        return ModelEvents.NONE;
    }
}
