package dev.mooring.registry.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mooring.time.Time;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeliveriesTest {
    private static final byte[] CALL = {1, 2, 3};

    @Test
    void equalCall_whileTheOneBeforeIsBeingDeleted_beginsAfterTheDeletion() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch deleting = new CountDownLatch(1);
        CountDownLatch mayDelete = new CountDownLatch(1);
        try (Deliveries deliveries = started(digests -> {
            deleting.countDown();
            awaitQuietly(mayDelete);
            order.add("deleted");
        })) {
            answered(deliveries);
            deleting.await();
            Thread next = new Thread(
                    () -> {
                        answered(deliveries);
                        order.add("begun");
                    },
                    "equal-call");
            next.start();
            await().until(() -> next.getState() == Thread.State.TIMED_WAITING || !next.isAlive());
            mayDelete.countDown();
            next.join();
        }
        assertThat(order).startsWith("deleted", "begun");
    }

    @Test
    void answeredCall_thatTheDatabaseDidNotDelete_isStillKnownAsAnswered() {
        AtomicInteger attempts = new AtomicInteger();
        try (Deliveries deliveries = started(digests -> {
            attempts.incrementAndGet();
            throw new IllegalStateException("the database is away");
        })) {
            answered(deliveries);
            await().until(() -> attempts.get() >= 2);

            try (Delivery next = deliveries.begin(CALL)) {
                assertThat(next.request().answered()).isTrue();
            }
        }
    }

    private static Deliveries started(Consumer<List<byte[]>> deletion) {
        Deliveries deliveries = new Deliveries(deletion, Time.system());
        deliveries.start();
        return deliveries;
    }

    private static void answered(Deliveries deliveries) {
        try (Delivery call = deliveries.begin(CALL)) {
            call.sent(null);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
