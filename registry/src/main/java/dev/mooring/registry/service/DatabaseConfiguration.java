package dev.mooring.registry.service;

import dev.mooring.embedded.EmbeddedPostgres;
import dev.mooring.operations.configuration.InstanceSettings;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.settings.DatabaseSettings;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.registry.RegistrySettings;
import dev.mooring.settings.Settings;
import java.time.Duration;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service's database: brought to its schema before calls are admitted, and never mistaken for an empty one of the same kind. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    /** A first start unpacks and makes the data. Asking meanwhile would only fill the log with refusals. */
    private static final Duration FIRST_START = Duration.ofSeconds(15);

    @Bean
    Schema schema() {
        return new Schema();
    }

    /** The folder belongs to the instance, and so do port and password of an embedded database, which no user set. */
    @Bean
    InstanceSettings instanceSettings(ObjectProvider<EmbeddedPostgres> embedded) {
        return embedded.getIfAvailable() == null
                ? new InstanceSettings(Set.of(RegistrySettings.HOME))
                : new InstanceSettings(Set.of(
                        RegistrySettings.HOME, DatabaseSettings.DATABASE.port(), DatabaseSettings.DATABASE.password()));
    }

    @Bean(destroyMethod = "close")
    Postgres postgres(
            Settings settings,
            Schema schema,
            ObjectProvider<EmbeddedPostgres> embedded,
            ObjectProvider<StopRequest> stop)
            throws Exception {
        EmbeddedPostgres own = embedded.getIfAvailable();
        if (own != null) {
            stop.getIfAvailable(StopRequest::new).endingBy(() -> own.awaitAccepting(FIRST_START));
        }
        return Postgres.with(PostgresSettings.from(settings))
                .startTask("schema", schema)
                .occupancy(Schema::occupancy)
                .build();
    }
}
