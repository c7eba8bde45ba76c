package dev.mooring.examples.glucolens;

import dev.mooring.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void module_keepsItsShape() {
        ArchitectureRules.check(Glucolens.class);
    }
}
