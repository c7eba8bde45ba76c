package dev.mooring.benchmarks.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The peer: a Spring Boot application with the defaults of Boot, a pool, and the database indicator of Boot. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
public class PlainBoot {
    private static final String IMPORTS =
            "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

    private final JdbcTemplate database;

    PlainBoot(JdbcTemplate database) {
        this.database = database;
    }

    /** Runs the application; its settings are environment variables. */
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(PlainBoot.class);
        application.setDefaultProperties(
                Map.of("spring.autoconfigure.exclude", String.join(",", ours()), "spring.main.banner-mode", "off"));
        application.run(arguments);
    }

    @GetMapping("/work")
    int work() {
        Integer one = database.queryForObject("select 1", Integer.class);
        return one == null ? 0 : one;
    }

    @PostMapping("/work")
    int work(@RequestBody String body) {
        return body.length();
    }

    /** Our starter is on the class path of this module, and must not help the peer. */
    private static List<String> ours() {
        try {
            List<String> ours = new ArrayList<>();
            for (URL imports : Collections.list(PlainBoot.class.getClassLoader().getResources(IMPORTS))) {
                try (var stream = imports.openStream()) {
                    new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> line.startsWith("dev.mooring."))
                            .forEach(ours::add);
                }
            }
            return ours;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
