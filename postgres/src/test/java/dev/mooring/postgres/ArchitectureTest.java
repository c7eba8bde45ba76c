package dev.mooring.postgres;

import dev.mooring.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void module_keepsItsShape() {
        ArchitectureRules.check(Postgres.class);
    }

    @Test
    void publicTypes_areNoMoreThanNeeded() {
        ArchitectureRules.checkPublicTypes(Postgres.class, 27);
    }
}
