package dev.mooring.messages;

import dev.mooring.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void module_keepsItsShape() {
        ArchitectureRules.check(Relay.class);
    }
}
