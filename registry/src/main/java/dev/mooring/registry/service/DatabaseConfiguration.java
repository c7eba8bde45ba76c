package dev.mooring.registry.service;

import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.registry.embedded.EmbeddedPostgres;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.StartFailedException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service's database: brought to its schema before calls are admitted, and never mistaken for an empty one of the same kind. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    /** A first start unpacks and makes the data. Asking meanwhile would only fill the log with refusals. */
    private static final Duration FIRST_START = Duration.ofSeconds(5);

    @Bean
    Schema schema() {
        return new Schema();
    }

    /** Touches no network, unless {@code STARTUP_WAIT} asks for it. */
    @Bean(destroyMethod = "close")
    Postgres postgres(
            Settings settings,
            Schema schema,
            ObjectProvider<EmbeddedPostgres> embedded,
            ObjectProvider<StopRequest> stop)
            throws Exception {
        EmbeddedPostgres own = embedded.getIfAvailable();
        StopRequest orStop = stop.getIfAvailable(StopRequest::new);
        if (own != null) {
            orStop.endingBy(() -> own.awaitAccepting(FIRST_START));
        }
        Postgres postgres = Postgres.with(PostgresSettings.from(settings))
                .startTask("schema", schema)
                .occupancy(Schema::occupancy)
                .build();
        try {
            orStop.endingBy(postgres::waitAtStart);
            return postgres;
        } catch (SQLException notReached) {
            postgres.close();
            throw new StartFailedException(
                    List.of("the database was not reached, and STARTUP_WAIT is exit: " + notReached.getMessage()),
                    ExitCode.FAILED,
                    notReached);
        } catch (InterruptedException stopped) {
            postgres.close();
            throw stopped;
        }
    }
}
