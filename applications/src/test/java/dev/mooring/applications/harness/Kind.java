package dev.mooring.applications.harness;

import static dev.mooring.applications.harness.Feature.BATCH;
import static dev.mooring.applications.harness.Feature.DATA;
import static dev.mooring.applications.harness.Feature.DATA_JDBC;
import static dev.mooring.applications.harness.Feature.FLYWAY;
import static dev.mooring.applications.harness.Feature.JETTY;
import static dev.mooring.applications.harness.Feature.JOOQ;
import static dev.mooring.applications.harness.Feature.JPA;
import static dev.mooring.applications.harness.Feature.LIQUIBASE;
import static dev.mooring.applications.harness.Feature.QUARTZ;
import static dev.mooring.applications.harness.Feature.SECURITY;
import static dev.mooring.applications.harness.Feature.SERVLET;
import static dev.mooring.applications.harness.Feature.SESSION;
import static dev.mooring.applications.harness.Feature.TOMCAT;
import static dev.mooring.applications.harness.Feature.WEBFLUX;

import dev.mooring.applications.batch.BatchApplication;
import dev.mooring.applications.datajdbc.DataJdbcApplication;
import dev.mooring.applications.flyway.FlywayApplication;
import dev.mooring.applications.jdbc.JdbcApplication;
import dev.mooring.applications.jetty.JettyApplication;
import dev.mooring.applications.jooq.JooqApplication;
import dev.mooring.applications.jpa.JpaApplication;
import dev.mooring.applications.liquibase.LiquibaseApplication;
import dev.mooring.applications.noweb.NoWebApplication;
import dev.mooring.applications.quartz.QuartzApplication;
import dev.mooring.applications.security.SecurityApplication;
import dev.mooring.applications.session.SessionApplication;
import dev.mooring.applications.sqlinit.SqlInitApplication;
import dev.mooring.applications.virtualthreads.VirtualThreadsApplication;
import dev.mooring.applications.webflux.WebFluxApplication;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.WebApplicationType;

/** The kinds of application. Their settings stand in {@code application.properties} beside their classes. */
public enum Kind {
    JDBC_CLIENT("JdbcClient", JdbcApplication.class, SERVLET, TOMCAT),
    JPA_DDL("JPA, `ddl-auto`", JpaApplication.class, SERVLET, TOMCAT, DATA, JPA),
    FLYWAY_JPA("Flyway and JPA", FlywayApplication.class, SERVLET, TOMCAT, DATA, JPA, FLYWAY),
    SPRING_DATA_JDBC("Data JDBC", DataJdbcApplication.class, SERVLET, TOMCAT, DATA, DATA_JDBC),
    JOOQ_DSL("jOOQ", JooqApplication.class, SERVLET, TOMCAT, JOOQ),
    LIQUIBASE_JDBC("Liquibase", LiquibaseApplication.class, SERVLET, TOMCAT, LIQUIBASE),
    SQL_INIT("`sql.init`", SqlInitApplication.class, SERVLET, TOMCAT),
    QUARTZ_STORE("Quartz, JDBC store", QuartzApplication.class, SERVLET, TOMCAT, QUARTZ),
    SESSION_JDBC("Session JDBC", SessionApplication.class, SERVLET, TOMCAT, SESSION),
    METHOD_SECURITY("Security", SecurityApplication.class, SERVLET, TOMCAT, SECURITY),
    VIRTUAL_THREADS("virtual threads", VirtualThreadsApplication.class, SERVLET, TOMCAT),
    JETTY_SERVER("Jetty", JettyApplication.class, SERVLET, JETTY),
    WEB_FLUX("WebFlux", WebFluxApplication.class, WEBFLUX),
    BATCH_JOB("Batch, no web server", BatchApplication.class, BATCH),
    NO_WEB("query in a constructor, no web server", NoWebApplication.class);

    private final String title;
    private final Class<?> application;
    private final Set<Feature> features = EnumSet.noneOf(Feature.class);

    Kind(String title, Class<?> application, Feature... features) {
        this.title = title;
        this.application = application;
        this.features.addAll(List.of(features));
    }

    Class<?> application() {
        return application;
    }

    Set<Feature> features() {
        return features;
    }

    /** Whether it listens for HTTP requests. */
    public boolean isWeb() {
        return webType() != WebApplicationType.NONE;
    }

    WebApplicationType webType() {
        if (features.contains(SERVLET)) {
            return WebApplicationType.SERVLET;
        }
        return features.contains(WEBFLUX) ? WebApplicationType.REACTIVE : WebApplicationType.NONE;
    }

    /** A file beside the application's class, as a resource of the class path. */
    String beside(String file) {
        return application.getPackageName().replace('.', '/') + "/" + file;
    }

    @Override
    public String toString() {
        return title;
    }
}
