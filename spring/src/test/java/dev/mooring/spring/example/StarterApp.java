package dev.mooring.spring.example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application that uses the starter and nothing else of ours. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(StarterApp.Things.class)
public class StarterApp {
    /** Runs the application until a signal stops it. */
    public static void main(String[] arguments) {
        SpringApplication.run(StarterApp.class, arguments);
    }

    @RestController
    static class Things {
        private final JdbcClient jdbc;

        Things(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @GetMapping("/things/first")
        String first() {
            return jdbc.sql("select name from thing where id = 1")
                    .query(String.class)
                    .single();
        }

        @GetMapping("/slow")
        String slow() {
            return jdbc.sql("select 'slow' from pg_sleep(2)")
                    .query(String.class)
                    .single();
        }
    }
}
