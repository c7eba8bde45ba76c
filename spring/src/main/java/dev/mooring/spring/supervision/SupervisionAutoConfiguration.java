package dev.mooring.spring.supervision;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.event.MooringListener;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import dev.mooring.spring.environment.StartFailedException;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Supervises the data sources of the application and every bean of type {@link Dependency}, and passes events to every bean of type
 * {@link MooringListener}. Creating the supervision does not use the network. Spring ends the supervision of a dependency before it
 * destroys the bean, and destroys the beans that use it before that.
 */
@AutoConfiguration(after = SettingsAutoConfiguration.class)
public final class SupervisionAutoConfiguration {
    @Bean(name = Supervision.BEAN, destroyMethod = "close")
    @ConditionalOnMissingBean({Supervision.class, Mooring.class})
    Supervision mooringSupervision(ConfigurableListableBeanFactory beans) {
        return ApplicationLoader.run(beans, Supervision::begin);
    }

    @Bean(name = Supervision.BEAN, destroyMethod = "close")
    @ConditionalOnMissingBean
    Supervision supervisionByTheApplication(ObjectProvider<Mooring> mooring) {
        return Supervision.by(mooring);
    }

    /** Spring does not close it: beans that it destroys later may still need their dependencies. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    Mooring mooring(
            Supervision supervision,
            ConfigurableListableBeanFactory beans,
            ObjectProvider<SupervisedEarly> early,
            ObjectProvider<Dependency> dependencies,
            ObjectProvider<MooringListener> listeners,
            ObjectProvider<Settings> settings) {
        return ApplicationLoader.run(beans, () -> {
            early.forEach(SupervisedEarly::begin);
            List<Dependency> all = dependencies.orderedStream().toList();
            settings.ifAvailable(SupervisionAutoConfiguration::checkWhatTheyRead);
            for (String name : beans.getBeanNamesForType(Dependency.class, true, false)) {
                beans.registerDependentBean(Supervision.BEAN, name);
            }
            return supervision.complete(all, listeners.orderedStream().toList());
        });
    }

    @Bean
    static EndOfDependencies endOfDependencies(ConfigurableListableBeanFactory beans) {
        return new EndOfDependencies(beans);
    }

    /**
     * Checks the settings that beans of dependencies have read: the catalog may not know them, so the check before the start
     * may have missed them.
     */
    private static void checkWhatTheyRead(Settings settings) {
        try {
            settings.orThrow();
        } catch (InvalidSettingsException mistakes) {
            throw StartFailedException.of(mistakes);
        }
    }
}
