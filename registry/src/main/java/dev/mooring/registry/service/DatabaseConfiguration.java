package dev.mooring.registry.service;

import dev.mooring.embedded.EmbeddedPostgres;
import dev.mooring.operations.configuration.InstanceSettings;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.PostgresBuilder;
import dev.mooring.postgres.settings.DatabaseSettings;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.registry.RegistrySettings;
import dev.mooring.settings.Settings;
import java.time.Duration;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service's database. A start task migrates its schema before the breaker admits calls. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    /** A first start unpacks PostgreSQL and creates the data. Connection attempts before its end would only fill the log. */
    private static final Duration FIRST_START = Duration.ofSeconds(15);

    @Bean
    Schema schema() {
        return new Schema();
    }

    /** The folder belongs to one instance. So do port and password of an embedded database, which the service chooses. */
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
        PostgresBuilder postgres = Postgres.with(PostgresSettings.from(settings));
        if (own != null) {
            postgres.movingPort(own::port);
        }
        return postgres.startTask("schema", schema)
                .occupancy(Schema::occupancy)
                .readCommitted()
                .build();
    }
}
