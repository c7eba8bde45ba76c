package dev.mooring.applications.datajdbc;

import dev.mooring.applications.things.ThingsPage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({DataJdbcThings.class, ThingsPage.class})
public class DataJdbcApplication {}
