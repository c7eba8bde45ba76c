package dev.mooring.registry.intents;

import dev.mooring.Mooring;
import dev.mooring.registry.audit.Audit;
import dev.mooring.registry.control.ControlTransactions;
import dev.mooring.time.Time;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Operators' orders of the breakers of everything that is supervised. */
@Configuration(proxyBeanMethods = false)
public class IntentsConfiguration {
    @Bean
    Operators operators(Mooring mooring, ControlTransactions control, Audit audit) {
        return new Operators(mooring.dependencies(), control, audit, Time.system());
    }
}
