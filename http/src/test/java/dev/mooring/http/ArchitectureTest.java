package dev.mooring.http;

import dev.mooring.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void module_keepsItsShape() {
        ArchitectureRules.check(HttpBackend.class);
    }

    @Test
    void publicTypes_areNoMoreThanNeeded() {
        ArchitectureRules.checkPublicTypes(HttpBackend.class, 15);
    }
}
