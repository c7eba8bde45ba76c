package dev.mooring.cli.docs;

import dev.mooring.Dependency;
import dev.mooring.settings.DependencySettings;
import dev.mooring.settings.Settings;
import dev.mooring.spring.guarded.Guarded;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;

/** The application of docs/how-to/spring-boot.md. {@link SpringExampleTest} runs it. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(SpringExample.Ranking.class)
class SpringExample {
    // tag::spring
    @Bean
    Dependency rankingBackend(Settings settings) {
        return Dependency.named("ranking")
                .optional()
                .with(DependencySettings.from(settings))
                .build();
    }

    @Component
    public static class Ranking {
        @Guarded("ranking")
        public List<String> rank(String user) throws IOException {
            throw new ConnectException("Connection refused");
        }
    }
    // end::spring
}
