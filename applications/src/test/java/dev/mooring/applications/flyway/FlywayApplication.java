package dev.mooring.applications.flyway;

import dev.mooring.applications.jpa.JpaThings;
import dev.mooring.applications.jpa.Thing;
import dev.mooring.applications.jpa.ThingRepository;
import dev.mooring.applications.things.ThingsPage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = Thing.class)
@EnableJpaRepositories(basePackageClasses = ThingRepository.class)
@Import({JpaThings.class, ThingsPage.class})
public class FlywayApplication {}
