package dev.mooring.applications.jpa;

import dev.mooring.applications.things.ThingsPage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({JpaThings.class, ThingsPage.class, ConflictsPage.class})
public class JpaApplication {}
