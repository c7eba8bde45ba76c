package dev.mooring.registry.history;

import dev.mooring.history.HealthHistory;
import dev.mooring.registry.control.ControlTransactions;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.UUID;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps the history of health in the database, on the control connection. */
@Configuration(proxyBeanMethods = false)
public class HistoryConfiguration {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    @Bean
    ChangeRecorder changeRecorder(Settings settings, HealthHistory history) {
        String instance = InstanceName.of(settings.get(ServiceSettings.PORT));
        return new ChangeRecorder(new StateChangeTable(UUID.randomUUID(), instance), history, Time.system());
    }

    /** Only when all is made: supervision wants the recorder before there is a connection. */
    @Bean
    SmartInitializingSingleton changeRounds(ControlTransactions control, ChangeRecorder recorder) {
        return () -> control.every(PERIOD, "recording changes of status", recorder::round);
    }
}
