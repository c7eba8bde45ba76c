package dev.mooring.applications.harness;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootContextLoader;
import org.springframework.core.io.DefaultResourceLoader;

/** Loads the application of a {@code @SpringBootTest} on the class path of Flyway and JPA. */
public abstract class MockEnvironment extends SpringBootContextLoader {
    private final Variant variant;

    MockEnvironment(Variant variant) {
        this.variant = variant;
    }

    @Override
    protected SpringApplication getSpringApplication() {
        return new SpringApplication(
                new DefaultResourceLoader(new ApplicationClassPath(Kind.FLYWAY_JPA.features(), variant)));
    }

    /** With the starter. */
    public static final class WithStarter extends MockEnvironment {
        WithStarter() {
            super(Variant.WITH);
        }
    }

    /** Without it. */
    public static final class WithoutStarter extends MockEnvironment {
        WithoutStarter() {
            super(Variant.WITHOUT);
        }
    }
}
