package dev.mooring.spring.metrics;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import io.micrometer.core.instrument.MeterRegistry;

/** All meters of all dependencies, made at once, so that each is there with 0 before anything happened. */
final class DependencyMeters {
    DependencyMeters(Mooring mooring, MeterRegistry registry, EventMeters events) {
        StatusMeters statuses = new StatusMeters(mooring, registry);
        CallMeters calls = new CallMeters(registry);
        for (Dependency dependency : mooring.dependencies()) {
            statuses.register(dependency);
            if (dependency.enabled()) {
                calls.register(dependency);
                events.prepare(dependency.name());
            }
        }
    }
}
