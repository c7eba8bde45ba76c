package dev.mooring.testing.architecture;

import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void module_keepsItsShape() {
        ArchitectureRules.check(ArchitectureRules.class);
    }
}
