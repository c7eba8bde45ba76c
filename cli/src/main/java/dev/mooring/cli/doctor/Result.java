package dev.mooring.cli.doctor;

import dev.mooring.spring.environment.ExitCode;
import java.util.List;

/**
 * What one run of the command found.
 *
 * @param examined each dependency with its diagnosis; without one where there is nothing to examine
 */
record Result(List<Examined> examined) {
    /** A critical dependency works, but something needs attention. */
    private static final int NEEDS_ATTENTION = 3;

    /** What was not examined is not well, so it is wrong usage where nothing was. */
    int exitCode() {
        if (isEmpty()) {
            return ExitCode.MISCONFIGURED;
        }
        if (examined.stream().anyMatch(one -> one.isBroken() && one.critical())) {
            return ExitCode.FAILED;
        }
        return examined.stream().anyMatch(Examined::isFaulty) ? NEEDS_ATTENTION : ExitCode.DONE;
    }

    /** Whether there was nothing to examine. */
    boolean isEmpty() {
        return examined.stream().noneMatch(one -> one.diagnosis().isPresent());
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
                .flatMap(diagnosis -> diagnosis.layers().stream())
                .mapToLong(layer -> layer.faults().size())
                .sum();
        if (faults > 0) {
            return counted(faults, "check needs", "checks need") + " attention; every dependency can be used";
        }
        return isEmpty() ? "nothing is configured that could be examined" : "every check holds";
    }

    private List<String> broken(boolean critical) {
        return examined.stream()
                .filter(one -> one.isBroken() && one.critical() == critical)
                .map(one -> one.name() + " (" + one.brokenKind() + ")")
                .toList();
    }

    private static String counted(long count, String one, String more) {
        return count + " " + (count == 1 ? one : more);
    }
}
