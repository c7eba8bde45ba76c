package dev.mooring.spring.metrics;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import io.micrometer.core.instrument.MeterRegistry;

/** Registers all meters of all dependencies at the start, so that each has the value 0 before the first event. */
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
