package dev.mooring.registry.events;

import dev.mooring.messages.Message;
import dev.mooring.messages.Outbox;
import dev.mooring.postgres.id.UuidV7;
import dev.mooring.spring.request.Degraded;
import dev.mooring.time.Time;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Writes events into the outbox. An answer whose event has to wait says that its destination is degraded. Thread-safe. */
final class OutboxSink implements EventSink {
    private final String destination;
    private final BooleanSupplier ready;
    private final Runnable wake;
    private final Time time;

    /**
     * Writes messages to a destination.
     *
     * @param ready whether the destination takes messages now
     * @param wake makes the relay look into the outbox
     */
    OutboxSink(String destination, BooleanSupplier ready, Runnable wake, Time time) {
        this.destination = destination;
        this.ready = ready;
        this.wake = wake;
        this.time = time;
    }

    @Override
    public void add(Connection connection, EventMessage event) throws SQLException {
        Message message = new Message(
                UuidV7.at(time.now().toEpochMilli()), destination, event.key(), event.type(), event.payload());
        add(connection, message.tracedBy(event.traceparent().orElse(null)));
        if (!ready.getAsBoolean()) {
            markDegraded();
        }
    }

    /** A relay that is woken before the commit would not see the message. */
    private void add(Connection connection, Message message) throws SQLException {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            Outbox.add(connection, message);
            return;
        }
        Outbox.addQuietly(connection, message);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wake.run();
            }
        });
    }

    private void markDegraded() {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request) {
            HttpServletResponse response = request.getResponse();
            if (response != null) {
                Degraded.mark(response, destination);
            }
        }
    }
}
