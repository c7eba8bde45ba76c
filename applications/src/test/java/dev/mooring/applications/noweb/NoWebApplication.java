package dev.mooring.applications.noweb;

import dev.mooring.applications.things.JdbcThings;
import dev.mooring.applications.things.Things;
import java.util.List;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({JdbcThings.class, NoWebApplication.Catalog.class})
public class NoWebApplication {
    @Bean
    CommandLineRunner addAtStart(Things things) {
        return arguments -> things.add("runner");
    }

    /** Reads the database while the context is built. */
    static final class Catalog {
        private final List<String> names;

        Catalog(Things things) {
            names = things.names();
        }

        int size() {
            return names.size();
        }
    }
}
