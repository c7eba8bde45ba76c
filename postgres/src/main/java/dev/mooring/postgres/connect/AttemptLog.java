package dev.mooring.postgres.connect;

import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs attempts to log in, and publishes each to the supervisor's listeners. A supervisor never stops trying, so of an outage the first failure
 * is a warning, and then the first of another failure kind; supervision itself logs once a minute that the outage lasts. All other failures
 * are logged at debug level, and so are attempts that the supervisor gave up for a newer one, which have no number of their own. Thread-safe.
 */
final class AttemptLog implements AttemptListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.postgres.connection");
    private final String dependency;
    private final Feedback feedback;

    /** Failed attempts since the last successful one. Guarded by this, as the next fields. */
    private int failures;

    private @Nullable FailureKind lastKind;
    private boolean everConnected;

    AttemptLog(String dependency, Feedback feedback) {
        this.dependency = dependency;
        this.feedback = feedback;
    }

    @Override
    public void tried(LoginAttempt attempt) {
        int number;
        Level level;
        synchronized (this) {
            boolean counts = attempt.failure().isPresent() && !attempt.givenUp();
            number = counts ? ++failures : failures + 1;
            level = attempt.givenUp()
                    ? Level.DEBUG
                    : attempt.failure().map(this::levelOf).orElseGet(this::levelOfSuccess);
        }
        log(attempt.numbered(number, OptionalInt.empty(), attempt.failure().flatMap(feedback::nextAttempt)), level);
    }

    private Level levelOf(Failure failure) {
        if (failure.kind() == lastKind) {
            return Level.DEBUG;
        }
        lastKind = failure.kind();
        return Level.WARN;
    }

    private Level levelOfSuccess() {
        boolean news = !everConnected || failures > 0;
        everConnected = true;
        failures = 0;
        lastKind = null;
        return news ? Level.INFO : Level.DEBUG;
    }

    /** Logs one attempt and publishes it to the listeners. */
    void log(ConnectionAttempt attempt, Level level) {
        feedback.attempted(attempt.took(), attempt.failure());
        LoggingEventBuilder event = LOG.atLevel(level)
                .addKeyValue("dependency", dependency)
                .addKeyValue("host", attempt.host())
                .addKeyValue("port", attempt.port())
                .addKeyValue("database", attempt.database())
                .addKeyValue("attempt", attempt.attempt())
                .addKeyValue("timeout_ms", attempt.timeout().toMillis())
                .addKeyValue("duration_ms", attempt.took().toMillis());
        if (attempt.attempts().isPresent()) {
            event = event.addKeyValue("attempts", attempt.attempts().getAsInt());
        }
        if (attempt.failure().isPresent()) {
            event = event.addKeyValue(
                    "failure_kind", attempt.failure().get().kind().code());
        }
        if (attempt.nextDelay().isPresent()) {
            event = event.addKeyValue("next_delay_ms", attempt.nextDelay().get().toMillis());
        }
        event.log(sentence(attempt));
    }

    /** The hint what to change, for a permanent failure; else empty. */
    private static String fix(FailureKind kind) {
        return kind.isPermanent() ? ". " + PostgresFailures.INSTANCE.hint(kind) : "";
    }

    private String sentence(ConnectionAttempt attempt) {
        String number = attempt.attempts().isPresent()
                ? attempt.attempt() + " of " + attempt.attempts().getAsInt()
                : String.valueOf(attempt.attempt());
        String took = String.format(Locale.ROOT, "%.3f s", attempt.took().toNanos() / 1e9);
        Optional<Failure> failure = attempt.failure();
        if (failure.isEmpty()) {
            return dependency + ": connected to " + attempt.database() + " on attempt " + number + " in " + took;
        }
        String next = attempt.nextDelay()
                .map(delay -> String.format(Locale.ROOT, "; next in %.1f s", delay.toNanos() / 1e9))
                .orElse("");
        return dependency + ": attempt " + number + " failed after " + took + ": "
                + failure.get().message() + next + fix(failure.get().kind());
    }
}
