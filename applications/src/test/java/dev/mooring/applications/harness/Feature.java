package dev.mooring.applications.harness;

import java.util.List;

/** A dependency of an application: the modules of Boot that it brings, and the packages of classes that come with them. */
enum Feature {
    SERVLET(
            List.of("spring-boot-servlet", "spring-boot-webmvc"),
            List.of("jakarta.servlet.", "org.springframework.web.servlet.")),
    TOMCAT(List.of("spring-boot-tomcat"), List.of("org.apache.catalina.", "org.apache.coyote.", "org.apache.tomcat.")),
    JETTY(List.of("spring-boot-jetty"), List.of("org.eclipse.jetty.")),
    WEBFLUX(
            List.of(
                    "spring-boot-webflux",
                    "spring-boot-reactor",
                    "spring-boot-reactor-netty",
                    "spring-boot-netty",
                    "spring-boot-http-codec"),
            List.of("org.springframework.web.reactive.", "reactor.", "io.netty.")),
    DATA(List.of("spring-boot-data-commons", "spring-data-commons"), List.of("org.springframework.data.")),
    JPA(
            List.of("spring-boot-data-jpa", "spring-boot-hibernate", "spring-boot-jpa", "spring-data-jpa"),
            List.of("org.hibernate.", "jakarta.persistence.", "org.springframework.orm.")),
    DATA_JDBC(List.of("spring-boot-data-jdbc", "spring-data-jdbc"), List.of("org.springframework.data.jdbc.")),
    JOOQ(List.of("spring-boot-jooq"), List.of("org.jooq.")),
    FLYWAY(List.of("spring-boot-flyway"), List.of("org.flywaydb.")),
    LIQUIBASE(List.of("spring-boot-liquibase"), List.of("liquibase.")),
    QUARTZ(List.of("spring-boot-quartz"), List.of("org.quartz.")),
    BATCH(List.of("spring-boot-batch", "spring-boot-batch-jdbc"), List.of("org.springframework.batch.")),
    SESSION(List.of("spring-boot-session", "spring-boot-session-jdbc"), List.of("org.springframework.session.")),
    SECURITY(List.of("spring-boot-security"), List.of("org.springframework.security."));

    private final List<String> modules;
    private final List<String> packages;

    Feature(List<String> modules, List<String> packages) {
        this.modules = modules;
        this.packages = packages;
    }

    /** The names of the modules' jars, without their versions. */
    List<String> modules() {
        return modules;
    }

    /** Prefixes of class names. */
    List<String> packages() {
        return packages;
    }
}
