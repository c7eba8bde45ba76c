package dev.mooring.applications.sqlinit;

import dev.mooring.applications.things.JdbcThings;
import dev.mooring.applications.things.ThingsPage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({JdbcThings.class, ThingsPage.class})
public class SqlInitApplication {}
