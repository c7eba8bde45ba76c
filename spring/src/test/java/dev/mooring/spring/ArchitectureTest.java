package dev.mooring.spring;

import dev.mooring.spring.problem.Problem;
import dev.mooring.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void module_keepsItsShape() {
        ArchitectureRules.check(Problem.class);
    }
}
