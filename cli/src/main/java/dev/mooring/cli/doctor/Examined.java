package dev.mooring.cli.doctor;

import dev.mooring.operations.diagnosis.DiagnosisAnswer;
import java.util.Optional;

/**
 * A dependency, and what its examination found.
 *
 * @param name its name
 * @param critical whether the service cannot work without it
 * @param diagnosis what was found; empty where there is nothing to examine
 * @param absent why there is nothing to examine, for people; empty where there is something
 */
record Examined(String name, boolean critical, Optional<DiagnosisAnswer> diagnosis, String absent) {
    static Examined of(DiagnosisAnswer diagnosis) {
        return new Examined(diagnosis.dependency(), diagnosis.critical(), Optional.of(diagnosis), "");
    }

    static Examined absent(String name, boolean critical, String why) {
        return new Examined(name, critical, Optional.empty(), why);
    }

    /** Whether a layer does not work. */
    boolean isBroken() {
        return diagnosis.filter(one -> one.outcome().equals("failed")).isPresent();
    }

    /** Whether a check failed, be it only a warning. */
    boolean isFaulty() {
        return diagnosis.filter(one -> !one.outcome().equals("passed")).isPresent();
    }

    /** The kind of the fault that broke the first layer that does not work, which is also the name of its runbook; empty if all work. */
    String brokenKind() {
        return diagnosis.stream()
                .flatMap(one -> one.layers().stream())
                .filter(layer -> layer.outcome().equals("failed"))
                .findFirst()
                .map(layer -> layer.faults().get(layer.faults().size() - 1).kind())
                .orElse("");
    }
}
