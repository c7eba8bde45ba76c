package dev.mooring.operations.history;

import dev.mooring.history.HealthHistory;
import dev.mooring.operations.control.ControlAutoConfiguration;
import dev.mooring.operations.control.ControlTransactions;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.spring.history.HistoryAutoConfiguration;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.UUID;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/** Keeps the history of health in the database, on the control connection. */
@AutoConfiguration(after = {ControlAutoConfiguration.class, HistoryAutoConfiguration.class})
@ConditionalOnBean({ControlTransactions.class, HealthHistory.class})
public final class RecordedHistoryAutoConfiguration {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    @Bean
    ChangeRecorder changeRecorder(Settings settings, HealthHistory history) {
        String instance = InstanceName.of(settings.get(ServiceSettings.PORT));
        return new ChangeRecorder(new StateChangeTable(UUID.randomUUID(), instance), history, Time.system());
    }

    /** Starts the rounds after all beans are made, because supervision needs the recorder before the control connection exists. */
    @Bean
    SmartInitializingSingleton changeRounds(ControlTransactions control, ChangeRecorder recorder) {
        return () -> control.every(PERIOD, "recording changes of status", recorder::round);
    }
}
