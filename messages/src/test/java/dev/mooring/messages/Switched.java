package dev.mooring.messages;

import java.util.concurrent.atomic.AtomicBoolean;

/** A destination that is ready when the test says so. */
record Switched(AtomicBoolean ready, Delivery delivery) implements Delivery {
    @Override
    public Result deliver(DeliveryAttempt attempt) throws Exception {
        return delivery.deliver(attempt);
    }

    @Override
    public boolean isReady() {
        return ready.get();
    }
}
