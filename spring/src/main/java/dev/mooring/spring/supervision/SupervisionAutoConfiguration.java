package dev.mooring.spring.supervision;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.event.MooringListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Every bean that is a {@link Dependency} is supervised, and every {@link MooringListener} is told. Making it touches no network.
 * It ends before the pools of its dependencies are closed.
 */
@AutoConfiguration
public final class SupervisionAutoConfiguration {
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Mooring mooring(ObjectProvider<Dependency> dependencies, ObjectProvider<MooringListener> listeners) {
        Mooring mooring = Mooring.supervise(dependencies.orderedStream().toList());
        listeners.orderedStream().forEach(mooring::addListener);
        return mooring;
    }
}
