package dev.mooring.operations.access;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

/** The meters of refused calls, which have the value 0 before the first one. */
final class RefusedKeysMeters {
    RefusedKeysMeters(RefusedKeys refusals, MeterRegistry registry) {
        for (RefusedKeys.Reason reason : RefusedKeys.Reason.values()) {
            FunctionCounter.builder("mooring.keys.refused", refusals, all -> all.total(reason))
                    .description("Calls that access refused on this instance.")
                    .tag("reason", reason.code())
                    .register(registry);
        }
    }
}
