package dev.mooring.messages;

import dev.mooring.breaker.MooringException;
import dev.mooring.event.MooringEvent.DeliveryEnded;
import dev.mooring.event.MooringEvent.DeliveryOutcome;
import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureKind;
import dev.mooring.time.Time;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries one message at a time to the destination and records the outcome, on the thread that calls it. Thread-safe. */
final class Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /** While the database is away an outcome waits to be recorded; the lease bounds that. */
    private static final Duration PAUSE_BEFORE_RECORDING_AGAIN = Duration.ofMillis(250);

    private final Delivery delivery;
    private final Recorder recorder;
    private final Time time;
    private final Consumer<? super DeliveryEnded> events;
    private final BooleanSupplier ending;

    Carrier(
            Delivery delivery,
            Recorder recorder,
            Time time,
            Consumer<? super DeliveryEnded> events,
            BooleanSupplier ending) {
        this.delivery = delivery;
        this.recorder = recorder;
        this.time = time;
        this.events = events;
        this.ending = ending;
    }

    /** Delivers the message and records the outcome; empty when another relay holds the message now or will soon. */
    Optional<DeliveryOutcome> carry(Claimed held) {
        DeliveryAttempt attempt =
                new DeliveryAttempt(held.message(), held.acceptedAt(), held.number(), time, held.endsAt());
        if (attempt.left().isZero()) {
            LOG.warn("{} is not made: this process paused until the lease ended", attempt);
            return Optional.empty();
        }
        long begun = time.nanos();
        Result result = resultOf(attempt);
        Optional<DeliveryOutcome> outcome = record(held, attempt, result);
        outcome.ifPresent(how -> {
            log(attempt, how, result);
            events.accept(new DeliveryEnded(
                    held.message().destination(), time.now(), how, Duration.ofNanos(time.nanos() - begun)));
        });
        return outcome;
    }

    private Result resultOf(DeliveryAttempt attempt) {
        try {
            return delivery.deliver(attempt);
        } catch (MooringException refused) {
            return new Result.Later(FailureKind.SATURATED, Failure.oneLine(refused));
        } catch (Throwable failed) {
            LOG.error("{} failed by a mistake in its delivery", attempt, failed);
            return new Result.Refused(FailureKind.UNKNOWN, Failure.oneLine(failed));
        }
    }

    /** Records the outcome, again and again while the lease holds. */
    private Optional<DeliveryOutcome> record(Claimed held, DeliveryAttempt attempt, Result result) {
        while (true) {
            try {
                return recorder.record(held, result);
            } catch (SQLException | RuntimeException failed) {
                LOG.debug("the outcome of {} is not recorded yet", attempt, failed);
                if (!worthAnotherTry(attempt)) {
                    LOG.warn(
                            "the outcome of {} is not recorded ({}); it is delivered again when its lease has ended",
                            attempt,
                            Failure.oneLine(failed));
                    return Optional.empty();
                }
            }
        }
    }

    private boolean worthAnotherTry(DeliveryAttempt attempt) {
        if (ending.getAsBoolean() || attempt.left().compareTo(PAUSE_BEFORE_RECORDING_AGAIN) <= 0) {
            return false;
        }
        try {
            time.sleep(PAUSE_BEFORE_RECORDING_AGAIN);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void log(DeliveryAttempt attempt, DeliveryOutcome how, Result result) {
        switch (how) {
            case DELIVERED -> LOG.debug("{}: delivered", attempt);
            case LATER, REFUSED -> LOG.info("{}: {}, {}", attempt, how.code(), result);
            case REJECTED, DEAD -> LOG.warn("{}: {}, {}", attempt, how.code(), result);
        }
    }
}
