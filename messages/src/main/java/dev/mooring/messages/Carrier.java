package dev.mooring.messages;

import dev.mooring.breaker.MooringException;
import dev.mooring.event.MooringEvent.DeliveryEnded;
import dev.mooring.event.MooringEvent.DeliveryOutcome;
import dev.mooring.failure.Failure;
import dev.mooring.time.Time;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries batches to the destination and records the outcomes, on the threads that call it. Thread-safe. */
final class Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /** While the database is away an outcome waits to be recorded; the lease bounds that. */
    private static final Duration PAUSE_BEFORE_RECORDING_AGAIN = Duration.ofMillis(250);

    private final RelayPlan plan;
    private final Delivery delivery;
    private final Recorder recorder;
    private final Time time;
    private final Consumer<? super DeliveryEnded> events;
    private final BooleanSupplier ending;

    Carrier(
            RelayPlan plan,
            Delivery delivery,
            Recorder recorder,
            Time time,
            Consumer<? super DeliveryEnded> events,
            BooleanSupplier ending) {
        this.plan = plan;
        this.delivery = delivery;
        this.recorder = recorder;
        this.time = time;
        this.events = events;
        this.ending = ending;
    }

    /** Delivers the messages of one claim; empty when their lease has ended, so that another relay has them now or will soon. */
    Optional<Carried> deliver(List<Claimed> batch) {
        List<DeliveryAttempt> attempts = batch.stream().map(this::attempt).toList();
        DeliveryAttempt first = attempts.get(0);
        if (first.left().isZero()) {
            LOG.warn("{} is not made: this process paused until the lease ended", named(attempts));
            return Optional.empty();
        }
        long begun = time.nanos();
        List<Result> results = resultsOf(attempts);
        return Optional.of(Carried.of(Ruling.of(batch, results, plan, time), first, begun));
    }

    /** A message that is not delivered: another claim, of any relay, may have it as soon as that is recorded. */
    Carried back(Claimed held) {
        return Carried.of(Ruling.back(held), attempt(held), time.nanos());
    }

    private DeliveryAttempt attempt(Claimed held) {
        return new DeliveryAttempt(held.message(), held.acceptedAt(), held.number(), time, held.endsAt());
    }

    /**
     * Records a delivery.
     *
     * @return what became of each message; nothing for one that was not tried, or that another relay holds now or will soon
     */
    Map<UUID, DeliveryOutcome> record(Carried one) {
        Map<UUID, DeliveryOutcome> outcomes = record(one.lines(), one.first());
        tell(one, outcomes);
        return outcomes;
    }

    /** Tells the log and the application how the messages of a delivery ended. */
    void tell(Carried one, Map<UUID, DeliveryOutcome> outcomes) {
        new DeliveryLog(LOG, one.rulings(), outcomes).write();
        Duration took = Duration.ofNanos(time.nanos() - one.begun());
        outcomes.values().forEach(how -> events.accept(new DeliveryEnded(plan.destination(), time.now(), how, took)));
    }

    private List<Result> resultsOf(List<DeliveryAttempt> attempts) {
        try {
            List<Result> results = delivery.deliver(attempts);
            if (results.size() == attempts.size() && results.stream().noneMatch(one -> one == null)) {
                return results;
            }
            throw new IllegalStateException("the delivery gave " + results.size() + " results, some perhaps null, for "
                    + attempts.size() + " messages");
        } catch (MooringException refused) {
            return Collections.nCopies(attempts.size(), Mistake.later(refused));
        } catch (InterruptedException ended) {
            return Collections.nCopies(attempts.size(), Mistake.of(attempts.get(0), ended));
        } catch (Throwable failed) {
            if (attempts.size() == 1) {
                return List.of(Mistake.of(attempts.get(0), failed));
            }
            LOG.warn("{} failed by a mistake in their delivery, and go one by one", named(attempts), failed);
            return new OneByOne(attempt -> resultsOf(List.of(attempt)).get(0)).deliver(attempts);
        }
    }

    private static String named(List<DeliveryAttempt> attempts) {
        return attempts.size() == 1
                ? attempts.get(0).toString()
                : attempts.size() + " messages from " + attempts.get(0) + " on";
    }

    /** Records the rulings, again and again while the lease holds. */
    private Map<UUID, DeliveryOutcome> record(Map<String, List<Ruling>> rulings, DeliveryAttempt first) {
        Map<UUID, DeliveryOutcome> recorded = new LinkedHashMap<>();
        while (true) {
            try {
                recorder.record(rulings, recorded);
                return recorded;
            } catch (SQLException | RuntimeException failed) {
                LOG.debug("outcomes of {} keys are not recorded yet", rulings.size(), failed);
                if (!worthAnotherTry(first)) {
                    LOG.warn(
                            "the outcome of messages to {} of {} keys is not recorded ({}); they are delivered again when"
                                    + " their lease has ended",
                            plan.destination(),
                            rulings.size(),
                            Failure.oneLine(failed));
                    return recorded;
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
}
