package dev.mooring.examples.flow.database;

import dev.mooring.profiles.Profile;
import dev.mooring.spring.postgres.StartTaskOfDatabase;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes the tables when the database first answers, unless {@code mooring init} or another service has made them; until they are there the
 * service is not ready.
 */
@Configuration(proxyBeanMethods = false)
public class SchemaConfiguration {
    @Bean
    StartTaskOfDatabase schema() {
        return new StartTaskOfDatabase("schema", Profile.FLOW.migrations());
    }
}
