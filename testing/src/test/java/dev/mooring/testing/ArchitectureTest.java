package dev.mooring.testing;

import dev.mooring.testing.architecture.ArchitectureRules;
import dev.mooring.testing.postgres.TestPostgres;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void module_keepsItsShape() {
        ArchitectureRules.check(TestPostgres.class);
    }
}
