package dev.mooring.messages;

import dev.mooring.event.MooringEvent.DeliveryOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Adds one message and lets this process deliver it at once, without a look into the outbox. Use it in this order: {@link #add} in the
 * transaction, {@link #begin} after its commit, {@link #close} when the caller waits no longer. Without a free place, and while the
 * destination is not ready, the relay delivers the message as any other. Not thread-safe.
 *
 * <pre>{@code
 * try (FirstAttempt first = relay.firstAttempt()) {
 *     transactions.write(connection -> first.add(connection, message));
 *     CompletableFuture<DeliveryOutcome> outcome = first.begin();
 *     …
 * }
 * }</pre>
 */
public final class FirstAttempt implements AutoCloseable {
    private final Relay relay;
    private final UUID claim = UUID.randomUUID();
    private boolean hasPlace;
    private @Nullable Message added;
    private boolean claimed;
    private long endsAt;

    FirstAttempt(Relay relay, boolean hasPlace) {
        this.relay = relay;
        this.hasPlace = hasPlace;
    }

    /** Adds the message in the transaction of {@code connection}; again when the transaction was rolled back and is repeated. */
    public void add(Connection connection, Message message) throws SQLException {
        if (added != null && !added.id().equals(message.id())) {
            throw new IllegalStateException("a first attempt is for one message, and has " + added.id() + " already");
        }
        boolean wanted = hasPlace && message.delay().isZero();
        endsAt = relay.leaseFromNow();
        if (wanted) {
            claimed = Entry.addHeld(connection, message, claim, relay.lease());
        } else {
            claimed = false;
            Entry.add(connection, message, true);
        }
        added = message;
    }

    /**
     * Begins the delivery on a thread of the relay, after the transaction has committed. It goes on when this is closed.
     *
     * @return completes with the outcome of the next attempt of this message that this process makes; perhaps never, because another
     *     process may deliver the message
     */
    public CompletableFuture<DeliveryOutcome> begin() {
        Message message = added;
        if (message == null) {
            throw new IllegalStateException("no message was added");
        }
        CompletableFuture<DeliveryOutcome> outcome = relay.waiters().await(message.id());
        if (claimed) {
            claimed = false;
            hasPlace = false;
            relay.carry(new Claimed(message, relay.time().now(), claim, 1, 0, endsAt));
        } else {
            giveUpPlace();
            relay.wake();
        }
        return outcome;
    }

    /** Gives the place back if the delivery did not begin. A claim that was committed all the same ends with its lease. */
    @Override
    public void close() {
        giveUpPlace();
        if (added != null) {
            relay.waiters().leave(added.id());
        }
    }

    private void giveUpPlace() {
        if (hasPlace) {
            hasPlace = false;
            relay.releasePlaces(1);
        }
    }
}
