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
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Supervises every bean of type {@link Dependency} and passes events to every bean of type {@link MooringListener}. Creating
 * the supervision does not use the network. It ends before the pools of its dependencies close.
 */
@AutoConfiguration(after = SettingsAutoConfiguration.class)
public final class SupervisionAutoConfiguration {
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Mooring mooring(
            ObjectProvider<Dependency> dependencies,
            ObjectProvider<MooringListener> listeners,
            ObjectProvider<Settings> settings) {
        List<Dependency> all = dependencies.orderedStream().toList();
        settings.ifAvailable(SupervisionAutoConfiguration::checkWhatTheyRead);
        return Mooring.supervise(all, listeners.orderedStream().toList());
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
