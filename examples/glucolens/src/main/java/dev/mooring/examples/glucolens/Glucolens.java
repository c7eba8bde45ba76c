package dev.mooring.examples.glucolens;

import dev.mooring.examples.glucolens.readings.ReadingsConfiguration;
import dev.mooring.profiles.Profile;
import dev.mooring.spring.postgres.StartTaskOfDatabase;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The API of glucolens on port 8000. Its start waits for the database as application.yml says, and ends with exit code 1 when the attempts
 * are used up. Its schema migrates before it is ready.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ReadingsConfiguration.class)
public class Glucolens {
    /** Runs until a signal ends the process. */
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(Glucolens.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.run(arguments);
    }

    @Bean
    StartTaskOfDatabase schema() {
        return new StartTaskOfDatabase("schema", Profile.GLUCOLENS.migrations());
    }
}
