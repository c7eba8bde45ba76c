package dev.mooring.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.mooring.testing.architecture.waiting.Marked;
import org.junit.jupiter.api.Test;

class ArchitectureRulesTest {

    private static final JavaClasses CYCLIC =
            new ClassFileImporter().importPackages("dev.mooring.testing.architecture.cyclic");

    @Test
    void package_withoutNullMarked_isRefused() {
        assertRefused(ArchitectureRules.packagesAreNullMarked(), "have a package-info with @NullMarked");
    }

    @Test
    void packages_inACycle_areRefused() {
        assertRefused(ArchitectureRules.packagesHaveNoCycles(), "Cycle detected");
    }

    @Test
    void class_inAnotherModulesPackage_isRefused() {
        assertRefused(
                ArchitectureRules.staysInItsPackages(Module.POSTGRES), "should be in a package of module postgres");
    }

    @Test
    void use_ofTheTestingModule_isRefused() {
        assertRefused(ArchitectureRules.usesOnlyModulesAbove(Module.SPRING), "classes that module spring may use");
    }

    @Test
    void typeThatAnswersFromMemory_andAsksTheDisk_isRefused() {
        JavaClasses waiting = new ClassFileImporter().importPackages("dev.mooring.testing.architecture.waiting");

        assertThatThrownBy(() -> ArchitectureRules.answersFromMemory(Marked.class.getName())
                        .check(waiting))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("never waits")
                .hasMessageContaining("Remembered");
    }

    @Test
    void module_mayUseThoseAboveIt_only() {
        assertThat(Module.POSTGRES.mayUse(Module.CORE)).isTrue();
        assertThat(Module.CORE.mayUse(Module.POSTGRES)).isFalse();
        assertThat(Module.POSTGRES.mayUse(Module.TESTING)).isFalse();
        assertThat(Module.TESTING.mayUse(Module.EMBEDDED)).isTrue();
        assertThat(Module.TESTING.mayUse(Module.POSTGRES)).isFalse();
    }

    @Test
    void package_belongsToTheModuleItIsNamedAfter_elseToCore() {
        assertThat(Module.of("dev.mooring.postgres.pool")).isEqualTo(Module.POSTGRES);
        assertThat(Module.of("dev.mooring.postgresql")).isEqualTo(Module.CORE);
        assertThat(Module.of("dev.mooring")).isEqualTo(Module.CORE);
    }

    private static void assertRefused(ArchRule rule, String finding) {
        assertThatThrownBy(() -> rule.check(CYCLIC))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(finding);
    }
}
