package dev.mooring;

import dev.mooring.event.MooringEvent;
import dev.mooring.event.MooringListener;
import dev.mooring.health.Status;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs each change of status and breaker once, with its cause and how long the state before lasted; and of an outage how long it lasts and how
 * many calls it has cost, each minute and at its end.
 */
final class EventLog implements MooringListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.supervision");

    @Override
    public void on(MooringEvent event) {
        if (event instanceof MooringEvent.StatusChanged changed) {
            log(changed);
        } else if (event instanceof MooringEvent.OutageLasts outage) {
            log(outage);
        } else if (event instanceof MooringEvent.Recovered recovered) {
            LOG.atInfo()
                    .addKeyValue("dependency", recovered.dependency())
                    .addKeyValue("duration_ms", recovered.after().toMillis())
                    .addKeyValue("refused_calls", recovered.refused())
                    .log(
                            "{}: the outage lasted {}; {} refused",
                            recovered.dependency(),
                            seconds(recovered.after()),
                            calls(recovered.refused()));
        } else if (event instanceof MooringEvent.BreakerMoved moved) {
            LOG.atInfo()
                    .addKeyValue("dependency", moved.dependency())
                    .addKeyValue("status_from", moved.from().code())
                    .addKeyValue("status_to", moved.to().code())
                    .addKeyValue("cause", moved.cause().code())
                    .addKeyValue("duration_ms", moved.lasted().toMillis())
                    .log(
                            "{}: breaker {} → {} ({}{}) after {}",
                            moved.dependency(),
                            moved.from().code(),
                            moved.to().code(),
                            moved.cause().code(),
                            moved.act().map(act -> ", " + act.words(moved.at())).orElse(""),
                            seconds(moved.lasted()));
        }
    }

    private static void log(MooringEvent.OutageLasts outage) {
        LoggingEventBuilder line = LOG.atWarn()
                .addKeyValue("dependency", outage.dependency())
                .addKeyValue("duration_ms", outage.lasted().toMillis())
                .addKeyValue("refused_calls", outage.refused());
        if (outage.failure().isPresent()) {
            line = line.addKeyValue(
                    "failure_kind", outage.failure().get().kind().code());
        }
        line.log(
                "{} has been down for {}{}; {} refused",
                outage.dependency(),
                seconds(outage.lasted()),
                outage.failure().map(failure -> ": " + failure).orElse(""),
                calls(outage.refused()));
    }

    private static void log(MooringEvent.StatusChanged changed) {
        LoggingEventBuilder line = LOG.atLevel(levelOf(changed.to()))
                .addKeyValue("dependency", changed.dependency())
                .addKeyValue("status_from", changed.from().code())
                .addKeyValue("status_to", changed.to().code())
                .addKeyValue("cause", changed.cause())
                .addKeyValue("duration_ms", changed.lasted().toMillis());
        if (changed.failure().isPresent()) {
            line = line.addKeyValue(
                    "failure_kind", changed.failure().get().kind().code());
        }
        String hint = changed.failure().map(f -> " " + f.kind().hint()).orElse("");
        line.log(
                "{} {} → {} after {}: {}{}{}",
                changed.dependency(),
                changed.from().code(),
                changed.to().code(),
                seconds(changed.lasted()),
                changed.cause(),
                changed.cause().endsWith(".") ? "" : ".",
                hint);
    }

    private static String calls(long refused) {
        return refused == 1 ? "1 call was" : refused + " calls were";
    }

    private static Level levelOf(Status status) {
        return status == Status.DOWN || status == Status.DEGRADED ? Level.WARN : Level.INFO;
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / 1e9);
    }
}
