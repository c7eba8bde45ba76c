package dev.mooring.spring.metrics;

import dev.mooring.spring.health.ServiceIdentity;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;

/** Registers a gauge that is always 1, and whose labels say what runs: version and commit of the service, version of the JDK. */
final class BuildMeter {
    private static final String UNKNOWN = "unknown";

    BuildMeter(ServiceIdentity identity, MeterRegistry registry) {
        Gauge.builder("mooring.build.info", () -> 1)
                .description("1; the labels say which version of the service runs, from which commit, on which JDK.")
                .tag("version", identity.version().orElse(UNKNOWN))
                .tag("commit", identity.commit().orElse(UNKNOWN))
                .tag("jdk", System.getProperty("java.version", UNKNOWN))
                .register(registry);
    }

    /** What is known of an application without health paths. */
    static ServiceIdentity unknown() {
        return new ServiceIdentity(UNKNOWN, Optional.empty(), Optional.empty(), List.of());
    }
}
