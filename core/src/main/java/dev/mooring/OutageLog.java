package dev.mooring;

import dev.mooring.diagnosis.Diagnosis;
import dev.mooring.event.MooringEvent;
import dev.mooring.event.MooringListener;
import dev.mooring.thread.BackgroundLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Examines a dependency once when its outage begins, and logs the diagnosis in one line. The examination has a thread of its own. */
final class OutageLog implements MooringListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.diagnosis");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Function<String, Optional<Dependency>> dependencies;

    OutageLog(Function<String, Optional<Dependency>> dependencies) {
        this.dependencies = dependencies;
    }

    @Override
    public void on(MooringEvent event) {
        if (event instanceof MooringEvent.OutageDetected outage) {
            dependencies.apply(outage.dependency()).ifPresent(its -> BackgroundLoop.daemon(
                            "mooring-outage-log-" + its.name(), () -> diagnose(its))
                    .start());
        }
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
                .addKeyValue("host", diagnosis.target())
                .addKeyValue("duration_ms", diagnosis.took().toMillis());
        if (diagnosis.broken().isPresent()) {
            line = line.addKeyValue("layer", diagnosis.broken().get().layer().code());
        }
        line.log("{}: diagnosis: {}", diagnosis.dependency(), diagnosis.line());
    }
}
