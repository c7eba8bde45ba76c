package dev.mooring.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.applications.flyway.FlywayApplication;
import dev.mooring.applications.harness.Database;
import dev.mooring.applications.harness.Kind;
import dev.mooring.applications.harness.MockEnvironment;
import dev.mooring.applications.things.Things;
import dev.mooring.testing.postgres.TestPostgres;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;

/** A test of an application as its developers write it: no web server, and a database at some distance. */
class MockEnvironmentTest {
    private static final String SETTINGS =
            "spring.config.location=classpath:dev/mooring/applications/flyway/application.properties";

    private static TestPostgres postgres;
    private static Database database;

    @BeforeAll
    static void startServer() {
        postgres = TestPostgres.started();
        database = Database.on(postgres, Kind.FLYWAY_JPA, Duration.ofMillis(20));
    }

    @AfterAll
    static void endServer() {
        postgres.close();
    }

    abstract static class UsesTheDatabase {
        @Autowired
        private Things things;

        @Autowired
        private WebApplicationContext context;

        @DynamicPropertySource
        static void address(DynamicPropertyRegistry properties) {
            database.properties().forEach((name, value) -> properties.add(name, () -> value));
        }

        @Test
        void application_inAMockEnvironment_usesItsDatabase() {
            things.add("mock");
            assertThat(things.names()).contains("mock");
            assertThat(MockMvcTester.from(context).get().uri("/things"))
                    .hasStatusOk()
                    .bodyText()
                    .contains("mock");
            assertThat(MockMvcTester.from(context).get().uri("/hundredth")).hasStatus(410);
        }
    }

    @Nested
    @SpringBootTest(classes = FlywayApplication.class, properties = SETTINGS)
    @ContextConfiguration(loader = MockEnvironment.WithStarter.class)
    @DirtiesContext
    class WithTheStarter extends UsesTheDatabase {}

    @Nested
    @SpringBootTest(classes = FlywayApplication.class, properties = SETTINGS)
    @ContextConfiguration(loader = MockEnvironment.WithoutStarter.class)
    @DirtiesContext
    class WithoutTheStarter extends UsesTheDatabase {}
}
