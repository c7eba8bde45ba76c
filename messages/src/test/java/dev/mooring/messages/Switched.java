package dev.mooring.messages;

import java.util.concurrent.atomic.AtomicBoolean;

/** A destination that is ready when the test says so. */
record Switched(AtomicBoolean ready, SingleDelivery delivery) implements SingleDelivery {
    @Override
    public Result deliver(DeliveryAttempt attempt) throws Exception {
        return delivery.deliver(attempt);
    }

    @Override
    public boolean isReady() {
        return ready.get();
    }
}
