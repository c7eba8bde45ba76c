package dev.mooring.cli.docs;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.Dependency;
import dev.mooring.breaker.MooringException;
import dev.mooring.settings.DependencySettings;
import dev.mooring.settings.Settings;
import dev.mooring.spring.guarded.Guarded;
import dev.mooring.spring.postgres.Supervised;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;

/** The application of docs/how-to/spring-boot.md. {@link SpringExampleTest} runs it. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({SpringExample.Ranking.class, SpringExample.Offers.class})
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

    @Component
    public static class Offers {
        private final Ranking ranking;

        public Offers(Ranking ranking) {
            this.ranking = ranking;
        }

        public List<String> of(String user) {
            try {
                return ranking.rank(user);
            } catch (MooringException | IOException refusedOrFailed) {
                return List.of("bestsellers");
            }
        }
    }
    // end::spring

    // tag::datasources
    @Bean(defaultCandidate = false)
    @Supervised // or mooring.datasource.reports.supervised=true
    HikariDataSource reports(@Value("${reports.url}") String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        return pool;
    }
    // end::datasources
}
