package dev.mooring.examples.flow.orders;

import dev.mooring.examples.flow.database.SchemaConfiguration;
import dev.mooring.examples.flow.messages.OrderConsumer;
import dev.mooring.examples.flow.messages.OrderMessage;
import dev.mooring.examples.flow.messages.OutboxConfiguration;
import dev.mooring.examples.flow.transactions.PatientTransactions;
import dev.mooring.examples.flow.transactions.TransactionsConfiguration;
import dev.mooring.messages.queue.MessageQueue;
import dev.mooring.spring.outbox.TransactionalOutbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parts of the orders service. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({SchemaConfiguration.class, TransactionsConfiguration.class, OutboxConfiguration.class, OrdersController.class})
public class OrdersConfiguration {
    @Bean
    Orders orders(JdbcClient database, PatientTransactions transactions, TransactionalOutbox outbox) {
        return new Orders(new OrderTable(database), transactions, outbox);
    }

    @Bean
    OrderConsumer paidOrders(MessageQueue queue, DataSource database) {
        return OrderConsumer.of("orders", OrderMessage.PAID, queue, database, OrdersConfiguration::markPaid);
    }

    private static void markPaid(Connection connection, OrderMessage message) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update orders set status = 'paid' where id = ?")) {
            update.setObject(1, message.orderId());
            update.executeUpdate();
        }
    }
}
