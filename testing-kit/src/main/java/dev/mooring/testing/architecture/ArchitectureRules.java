package dev.mooring.testing.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** Checks the packages of a module. Each module has one test that calls this. */
public final class ArchitectureRules {
    private static final String FROM_MEMORY = "dev.mooring.spring.memory.FromMemory";

    /** What does I/O, or waits for a thread that may do I/O. */
    private static final String[] WAITING = {
        "java.sql..",
        "javax.sql..",
        "java.net.http..",
        "java.nio.channels..",
        "java.nio.file..",
        "java.util.concurrent.locks..",
        "org.springframework.jdbc..",
        "dev.mooring.postgres.control..",
        "dev.mooring.operations.control.."
    };

    private ArchitectureRules() {}

    /**
     * Checks the module that contains a class, without its tests.
     *
     * @param anchor any class of the module's main code
     * @throws AssertionError naming the first rule that is broken, and every class that breaks it
     */
    public static void check(Class<?> anchor) {
        var location = anchor.getProtectionDomain().getCodeSource().getLocation();
        JavaClasses classes = new ClassFileImporter().importUrl(location);
        Module module = Module.of(anchor.getPackageName());
        packagesAreNullMarked().check(classes);
        packagesHaveNoCycles().check(classes);
        staysInItsPackages(module).check(classes);
        usesOnlyModulesAbove(module).check(classes);
        answersFromMemory(FROM_MEMORY).check(classes);
    }

    /**
     * Checks the number of public types of the module that contains a class: the public top-level types in the packages that its
     * {@code module-info} exports to all modules.
     *
     * @param anchor any class of the module's main code
     * @param most the highest number allowed; to raise it is a decision, not an accident
     * @throws AssertionError if there are more; the message names all of them
     */
    public static void checkPublicTypes(Class<?> anchor, int most) {
        Location location =
                Location.of(anchor.getProtectionDomain().getCodeSource().getLocation());
        Set<String> exported = exportedPackages(location);
        List<String> types = new ClassFileImporter()
                .importLocations(List.of(location)).stream()
                        .filter(type -> exported.contains(type.getPackageName()))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC)
                                && type.getEnclosingClass().isEmpty())
                        .map(JavaClass::getName)
                        .sorted()
                        .toList();
        if (types.size() > most) {
            throw new AssertionError(
                    types.size() + " public types instead of at most " + most + ":\n" + String.join("\n", types));
        }
    }

    private static Set<String> exportedPackages(Location location) {
        try (InputStream descriptor =
                location.asURI().resolve("module-info.class").toURL().openStream()) {
            return ModuleDescriptor.read(descriptor).exports().stream()
                    .filter(export -> !export.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException("no module-info in " + location, e);
        }
    }

    static ArchRule packagesAreNullMarked() {
        return classes()
                .should(ArchCondition.from(describe("have a package-info with @NullMarked", type -> type.getPackage()
                        .isAnnotatedWith(NullMarked.class))))
                .because("it says what the package is for, and null is the exception");
    }

    static ArchRule packagesHaveNoCycles() {
        return slices().assignedFrom(new EachPackage()).should().beFreeOfCycles();
    }

    static ArchRule staysInItsPackages(Module module) {
        return classes()
                .should(ArchCondition.from(
                        describe("be in a package of module " + module, type -> moduleOf(type) == module)))
                .because("a package belongs to one module");
    }

    static ArchRule usesOnlyModulesAbove(Module module) {
        return classes()
                .should(onlyDependOnClassesThat(describe(
                        "module " + module + " may use", type -> !isOurs(type) || module.mayUse(moduleOf(type)))))
                .because("arrows between modules go one way, and only tests use the module testing");
    }

    static ArchRule answersFromMemory(String mark) {
        return noClasses()
                .that()
                .areAssignableTo(mark)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(WAITING)
                .allowEmptyShould(true)
                .because("a type that is marked " + mark + " never waits");
    }

    private static boolean isOurs(JavaClass type) {
        return (packageOf(type) + ".").startsWith("dev.mooring.");
    }

    private static Module moduleOf(JavaClass type) {
        return Module.of(packageOf(type));
    }

    private static String packageOf(JavaClass type) {
        return type.getBaseComponentType().getPackageName();
    }

    private static final class EachPackage implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
