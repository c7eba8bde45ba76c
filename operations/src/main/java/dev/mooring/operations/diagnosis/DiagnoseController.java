package dev.mooring.operations.diagnosis;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.diagnosis.Diagnosis;
import dev.mooring.diagnosis.LayerResult;
import dev.mooring.operations.access.Caller;
import dev.mooring.operations.audit.Audit;
import dev.mooring.operations.audit.AuditEntry;
import dev.mooring.time.Deadline;
import java.security.Principal;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves {@code POST /ops/diagnose/{dependency}}: examines one dependency by its configured name, layer by layer. One examination of a
 * dependency runs at a time, and every caller of that moment gets its result. The audit gets an entry; while the database is away, later.
 */
@RestController
final class DiagnoseController {
    /** What is left of a request's time after the diagnosis, for the answer. */
    private static final Duration FOR_THE_ANSWER = Duration.ofMillis(500);

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration SHORTEST = Duration.ofMillis(500);

    private final Mooring mooring;
    private final Audit audit;

    DiagnoseController(Mooring mooring, Audit audit) {
        this.mooring = mooring;
        this.audit = audit;
    }

    @PostMapping("/ops/diagnose/{dependency}")
    DiagnosisAnswer diagnose(@PathVariable String dependency, @Nullable Principal principal)
            throws InterruptedException {
        Dependency known = mooring.dependency(dependency)
                .filter(Dependency::enabled)
                .orElseThrow(() -> DiagnoseProblems.unknown(dependency));
        Duration left = Deadline.cut(LONGEST).minus(FOR_THE_ANSWER);
        try {
            Diagnosis diagnosis = known.diagnose(left.compareTo(SHORTEST) < 0 ? SHORTEST : left)
                    .orElseThrow(() -> DiagnoseProblems.notExaminable(dependency));
            audit.recordLater(
                    AuditEntry.of(Caller.nameOf(principal), "dependency.diagnose", dependency, "", details(diagnosis)));
            return DiagnosisAnswer.of(diagnosis);
        } catch (TimeoutException running) {
            throw DiagnoseProblems.running(dependency);
        }
    }

    private static String details(Diagnosis diagnosis) {
        return diagnosis
                .firstFault()
                .map(LayerResult::layer)
                .map(layer -> "first fault: " + layer.words())
                .orElse("every check holds");
    }
}
