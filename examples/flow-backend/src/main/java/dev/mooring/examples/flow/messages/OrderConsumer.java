package dev.mooring.examples.flow.messages;

import dev.mooring.messages.queue.Consumer;
import dev.mooring.messages.queue.ConsumerPlan;
import dev.mooring.messages.queue.Handler;
import dev.mooring.messages.queue.MessageQueue;
import dev.mooring.messages.queue.postgres.OnceInTransaction;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Does a service's work for each message of one type, once, in one transaction with the note that it is done. Each service has a group of
 * its own, so each gets every message. Thread-safe.
 */
public final class OrderConsumer implements AutoCloseable {
    private final Consumer consumer;

    private OrderConsumer(Consumer consumer) {
        this.consumer = consumer;
    }

    /** A service's work. */
    @FunctionalInterface
    public interface Work {
        /** Makes the service's changes in the transaction of {@code connection}. */
        void make(Connection connection, OrderMessage message) throws SQLException;
    }

    /** Starts to receive messages. */
    public static OrderConsumer of(String group, String type, MessageQueue queue, DataSource database, Work work) {
        OnceInTransaction once = new OnceInTransaction(
                database, group, (connection, message) -> work.make(connection, OrderMessage.read(message.payload())));
        Handler handler = message -> {
            if (message.type().equals(type)) {
                once.handle(message);
            }
        };
        return new OrderConsumer(Consumer.start(ConsumerPlan.of(group).places(4), queue, handler, Time.system()));
    }

    /** Receives no more, and waits up to 10 s for work that runs. */
    @Override
    public void close() {
        consumer.close();
    }
}
