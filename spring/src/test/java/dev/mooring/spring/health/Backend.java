package dev.mooring.spring.health;

import dev.mooring.Dependency;
import dev.mooring.probe.ProbeAnswer;
import java.net.ConnectException;

/** A backend that a test switches on and off. */
final class Backend {
    private volatile boolean well;

    Dependency dependency(String name) {
        return Dependency.named(name)
                .probe(attempt -> {
                    if (!well) {
                        throw new ConnectException("Connection refused");
                    }
                    return ProbeAnswer.well();
                })
                .build();
    }

    void well(boolean now) {
        well = now;
    }
}
