package dev.mooring.cli.doctor;

import dev.mooring.diagnosis.Diagnosis;
import dev.mooring.diagnosis.Fault;
import dev.mooring.diagnosis.LayerResult;
import dev.mooring.spring.environment.ExitCode;
import java.util.List;
import java.util.Optional;

/**
 * What one run of the command found.
 *
 * @param examined each dependency with its diagnosis; without one where there is nothing to examine
 */
record Result(List<Examined> examined) {
    /** A critical dependency works, but something needs attention. */
    private static final int NEEDS_ATTENTION = 3;

    /** One dependency, and what was found. */
    record Examined(Examinee examinee, Optional<Diagnosis> diagnosis) {
        boolean isBroken() {
            return diagnosis.flatMap(Diagnosis::broken).isPresent();
        }

        boolean isFaulty() {
            return diagnosis.flatMap(Diagnosis::firstFault).isPresent();
        }
    }

    int exitCode() {
        if (examined.stream().anyMatch(one -> one.isBroken() && one.examinee().critical())) {
            return ExitCode.FAILED;
        }
        return examined.stream().anyMatch(Examined::isFaulty) ? NEEDS_ATTENTION : ExitCode.DONE;
    }

    /** The result in one line. */
    String summary() {
        List<String> critical = broken(true);
        List<String> optional = broken(false);
        if (!critical.isEmpty()) {
            return counted(critical.size(), "critical dependency is", "critical dependencies are") + " broken: "
                    + String.join(", ", critical)
                    + (optional.isEmpty() ? "" : "; optional: " + String.join(", ", optional));
        }
        if (!optional.isEmpty()) {
            return counted(optional.size(), "optional dependency is", "optional dependencies are") + " broken: "
                    + String.join(", ", optional);
        }
        long faults = examined.stream()
                .flatMap(one -> one.diagnosis().stream())
                .mapToLong(diagnosis -> diagnosis.faults().size())
                .sum();
        if (faults > 0) {
            return counted(faults, "check needs", "checks need") + " attention; every dependency can be used";
        }
        boolean none = examined.stream().noneMatch(one -> one.diagnosis().isPresent());
        return none ? "nothing is configured that could be examined" : "every check holds";
    }

    private List<String> broken(boolean critical) {
        return examined.stream()
                .filter(one -> one.isBroken() && one.examinee().critical() == critical)
                .map(one -> one.examinee().name() + " ("
                        + kind(one.diagnosis().flatMap(Diagnosis::broken).orElseThrow()) + ")")
                .toList();
    }

    /** The kind of the fault that broke the layer, which is also the name of its runbook. */
    private static String kind(LayerResult broken) {
        List<Fault> faults = broken.faults();
        return faults.get(faults.size() - 1).check().kind().code();
    }

    private static String counted(long count, String one, String more) {
        return count + " " + (count == 1 ? one : more);
    }
}
