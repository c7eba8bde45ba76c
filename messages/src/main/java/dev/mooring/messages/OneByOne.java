package dev.mooring.messages;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Delivers the messages of a batch one after the other; a key stops at its first message that has not ended. Thread-safe. */
record OneByOne(SingleDelivery one) implements Delivery {
    @Override
    public List<Result> deliver(List<DeliveryAttempt> batch) {
        List<Result> results = new ArrayList<>(batch.size());
        Set<String> stopped = new HashSet<>();
        for (DeliveryAttempt attempt : batch) {
            String key = attempt.message().key();
            Result result = stopped.contains(key) ? Result.behind() : deliver(attempt);
            if (!result.ends()) {
                stopped.add(key);
            }
            results.add(result);
        }
        return results;
    }

    private Result deliver(DeliveryAttempt attempt) {
        try {
            return one.deliver(attempt);
        } catch (Throwable failed) {
            return Mistake.of(attempt, failed);
        }
    }

    @Override
    public boolean isReady() {
        return one.isReady();
    }
}
