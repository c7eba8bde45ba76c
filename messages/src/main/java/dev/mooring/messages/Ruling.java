package dev.mooring.messages;

import dev.mooring.event.MooringEvent.DeliveryOutcome;
import dev.mooring.failure.FailureKind;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the result of a delivery means for its message.
 *
 * @param outcome empty when the message goes back untried, because one of its key before it has not ended
 * @param kind why it did not arrive; null where it did or was not tried
 * @param cause the same in words, short enough to be kept
 * @param pause how long it waits for the next attempt; zero when it ended
 * @param also what changes together with its end
 */
record Ruling(
        Claimed held,
        Optional<DeliveryOutcome> outcome,
        @Nullable FailureKind kind,
        String cause,
        Duration pause,
        Result.Recording also) {
    private static final int LONGEST_CAUSE = 2_000;

    /** The rulings for a batch, by key in the order of the batch. */
    static Map<String, List<Ruling>> of(List<Claimed> batch, List<Result> results, RelayPlan plan, Time time) {
        Map<String, List<Ruling>> lines = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            Claimed held = batch.get(i);
            List<Ruling> line = lines.computeIfAbsent(held.message().key(), key -> new ArrayList<>());
            boolean goesOn = line.isEmpty() || line.get(line.size() - 1).lineGoesOn();
            line.add(goesOn ? of(held, results.get(i), plan, time) : untried(held));
        }
        return lines;
    }

    /** The rulings for a message that was claimed and goes back untried. */
    static Map<String, List<Ruling>> back(Claimed held) {
        Map<String, List<Ruling>> lines = new LinkedHashMap<>();
        lines.put(held.message().key(), List.of(untried(held)));
        return lines;
    }

    private static Ruling of(Claimed held, Result result, RelayPlan plan, Time time) {
        if (result instanceof Result.Delivered delivered) {
            return new Ruling(held, Optional.of(DeliveryOutcome.DELIVERED), null, "", Duration.ZERO, delivered.also());
        }
        if (result instanceof Result.Rejected rejected) {
            return failed(
                    held,
                    DeliveryOutcome.REJECTED,
                    rejected.kind(),
                    rejected.message(),
                    Duration.ZERO,
                    rejected.also());
        }
        Duration pause = plan.backoff().delayAfter(held.number(), time.chance());
        if (result instanceof Result.Later later) {
            return failed(held, DeliveryOutcome.LATER, later.kind(), later.message(), pause, Result.Recording.NOTHING);
        }
        Result.Refused refused = (Result.Refused) result;
        boolean last = held.refusals() + 1 >= plan.attempts();
        return failed(
                held,
                last ? DeliveryOutcome.DEAD : DeliveryOutcome.REFUSED,
                refused.kind(),
                refused.message(),
                last ? Duration.ZERO : pause,
                Result.Recording.NOTHING);
    }

    private static Ruling failed(
            Claimed held, DeliveryOutcome how, FailureKind kind, String why, Duration pause, Result.Recording also) {
        return new Ruling(held, Optional.of(how), kind, storable(why), pause, also);
    }

    private static Ruling untried(Claimed held) {
        return new Ruling(held, Optional.empty(), null, "", Duration.ZERO, Result.Recording.NOTHING);
    }

    /** PostgreSQL keeps no NUL, and a cause is for people. */
    private static String storable(String why) {
        String clean = why.replace('\0', ' ');
        return clean.length() <= LONGEST_CAUSE ? clean : clean.substring(0, LONGEST_CAUSE - 1) + "…";
    }

    /** Whether the result of the next message of the key counts. */
    private boolean lineGoesOn() {
        return outcome.map(how -> how == DeliveryOutcome.DELIVERED || how == DeliveryOutcome.REJECTED)
                .orElse(false);
    }

    /** Whether the message has ended. */
    boolean ends() {
        return outcome.map(how -> how != DeliveryOutcome.LATER && how != DeliveryOutcome.REFUSED)
                .orElse(false);
    }

    /** Whether it waits for another attempt after this one. */
    boolean waits() {
        return outcome.isPresent() && !ends();
    }

    /** Whether the attempt counts towards the dead letter. */
    boolean counts() {
        return outcome.map(how -> how == DeliveryOutcome.REFUSED || how == DeliveryOutcome.DEAD)
                .orElse(false);
    }

    /** The state of the message in the table. */
    String state() {
        return outcome.filter(how -> ends())
                .map(how -> how == DeliveryOutcome.DELIVERED ? "sent" : how.code())
                .orElse("pending");
    }
}
