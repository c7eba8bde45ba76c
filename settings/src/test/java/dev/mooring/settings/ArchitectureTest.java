package dev.mooring.settings;

import dev.mooring.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void module_keepsItsShape() {
        ArchitectureRules.check(Setting.class);
    }

    @Test
    void publicTypes_areNoMoreThanNeeded() {
        ArchitectureRules.checkPublicTypes(Setting.class, 16);
    }
}
