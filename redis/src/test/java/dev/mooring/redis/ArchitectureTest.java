package dev.mooring.redis;

import dev.mooring.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void module_keepsItsShape() {
        ArchitectureRules.check(Redis.class);
    }

    @Test
    void publicTypes_areNoMoreThanNeeded() {
        ArchitectureRules.checkPublicTypes(Redis.class, 9);
    }
}
