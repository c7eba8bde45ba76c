package dev.mooring;

import dev.mooring.diagnosis.Diagnosis;
import dev.mooring.diagnosis.LayerResult;
import dev.mooring.diagnosis.Place;
import dev.mooring.event.MooringEvent;
import dev.mooring.event.MooringListener;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.health.Status;
import dev.mooring.thread.BackgroundLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Examines a dependency once when its outage begins, or when a finding degrades it, and logs the diagnosis in one line. The examination has a
 * thread of its own. Findings of one kind that come and go lead to one diagnosis in ten minutes at most, and a full pool of ours to none.
 * Thread-safe.
 */
final class OutageLog implements MooringListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.diagnosis");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final long BETWEEN_FINDINGS = Duration.ofMinutes(10).toNanos();

    private final Function<String, Optional<Dependency>> dependencies;
    /** When the last diagnosis because of a finding began, by dependency and kind: readings of the monotonic clock. */
    private final Map<List<String>, Long> degradedAt = new ConcurrentHashMap<>();

    OutageLog(Function<String, Optional<Dependency>> dependencies) {
        this.dependencies = dependencies;
    }

    @Override
    public void on(MooringEvent event) {
        if (event instanceof MooringEvent.OutageDetected
                || (event instanceof MooringEvent.StatusChanged changed && isNewFinding(changed))) {
            dependencies.apply(event.dependency()).ifPresent(its -> BackgroundLoop.daemon(
                            "mooring-outage-log-" + its.name(), () -> diagnose(its))
                    .start());
        }
    }

    private boolean isNewFinding(MooringEvent.StatusChanged changed) {
        Optional<FailureKind> theirs =
                changed.failure().map(Failure::kind).filter(kind -> kind != FailureKind.SATURATED);
        if (changed.to() != Status.DEGRADED || theirs.isEmpty()) {
            return false;
        }
        List<String> finding = List.of(changed.dependency(), theirs.get().code());
        long now = System.nanoTime();
        Long last = degradedAt.get(finding);
        if (last != null && now - last < BETWEEN_FINDINGS) {
            return false;
        }
        degradedAt.put(finding, now);
        return true;
    }

    private static void diagnose(Dependency dependency) {
        try {
            dependency.diagnose(LIMIT).ifPresent(OutageLog::log);
        } catch (InterruptedException | TimeoutException | RuntimeException failed) {
            // Supervision ended meanwhile, or an examination of the application failed.
            LOG.debug("{}: no diagnosis of its outage", dependency.name(), failed);
        }
    }

    private static void log(Diagnosis diagnosis) {
        LoggingEventBuilder line = (diagnosis.broken().isPresent() ? LOG.atWarn() : LOG.atInfo())
                .addKeyValue("dependency", diagnosis.dependency())
                .addKeyValue("duration_ms", diagnosis.took().toMillis());
        Place place = diagnosis.place().orElse(null);
        if (place == null) {
            line = line.addKeyValue("host", diagnosis.target());
        } else {
            line = line.addKeyValue("host", place.host()).addKeyValue("port", place.port());
            if (place.database().isPresent()) {
                line = line.addKeyValue("database", place.database().get());
            }
        }
        LayerResult first = diagnosis.firstFault().orElse(null);
        if (first != null) {
            line = line.addKeyValue("layer", first.layer().words())
                    .addKeyValue("failure_kind", first.worst().check().kind().code());
        }
        line.log("{}: diagnosis: {}", diagnosis.dependency(), diagnosis.line());
    }
}
