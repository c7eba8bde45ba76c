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
 * Every bean that is a {@link Dependency} is supervised, and every {@link MooringListener} is told. Making it touches no network.
 * It ends before the pools of its dependencies are closed.
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

    /** A dependency of the application reads settings that no catalog knows, so their mistakes are found only now. */
    private static void checkWhatTheyRead(Settings settings) {
        try {
            settings.orThrow();
        } catch (InvalidSettingsException mistakes) {
            throw StartFailedException.of(mistakes);
        }
    }
}
