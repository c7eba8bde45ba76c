package dev.mooring.examples.flow.payments;

import dev.mooring.examples.flow.database.SchemaConfiguration;
import dev.mooring.examples.flow.messages.OrderConsumer;
import dev.mooring.examples.flow.messages.OrderMessage;
import dev.mooring.examples.flow.messages.OutboxConfiguration;
import dev.mooring.examples.flow.transactions.TransactionsConfiguration;
import dev.mooring.messages.Message;
import dev.mooring.messages.Outbox;
import dev.mooring.messages.queue.MessageQueue;
import dev.mooring.postgres.id.UuidV7;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The parts of the payments service. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({SchemaConfiguration.class, TransactionsConfiguration.class, OutboxConfiguration.class, PaymentsController.class
})
public class PaymentsConfiguration {
    private static final String RECORD = "insert into payments (id, order_id, amount_cents) values (?, ?, ?)";

    @Bean
    OrderConsumer reservedOrders(MessageQueue queue, DataSource database) {
        return OrderConsumer.of("payments", OrderMessage.RESERVED, queue, database, PaymentsConfiguration::pay);
    }

    /** The payment, and the message that tells the other services of it, are one transaction. */
    private static void pay(Connection connection, OrderMessage order) throws SQLException {
        long now = System.currentTimeMillis();
        try (PreparedStatement insert = connection.prepareStatement(RECORD)) {
            insert.setObject(1, UuidV7.at(now));
            insert.setObject(2, order.orderId());
            insert.setLong(3, order.amountCents());
            insert.executeUpdate();
        }
        Outbox.add(
                connection,
                new Message(
                        UuidV7.at(now),
                        OrderMessage.DESTINATION,
                        order.orderId().toString(),
                        OrderMessage.PAID,
                        order.payload()));
    }
}
