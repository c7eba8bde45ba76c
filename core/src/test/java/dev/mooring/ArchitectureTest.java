package dev.mooring;

import dev.mooring.failure.FailureKind;
import dev.mooring.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void module_keepsItsShape() {
        ArchitectureRules.check(FailureKind.class);
    }

    @Test
    void publicTypes_areNoMoreThanNeeded() {
        ArchitectureRules.checkPublicTypes(FailureKind.class, 75);
    }
}
