package dev.mooring.examples.flow.notifications;

import dev.mooring.examples.flow.database.SchemaConfiguration;
import dev.mooring.examples.flow.messages.OrderConsumer;
import dev.mooring.examples.flow.messages.OrderMessage;
import dev.mooring.examples.flow.messages.QueueConfiguration;
import dev.mooring.examples.flow.transactions.TransactionsConfiguration;
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

/** The parts of the notifications service. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    SchemaConfiguration.class,
    TransactionsConfiguration.class,
    QueueConfiguration.class,
    NotificationsController.class
})
public class NotificationsConfiguration {
    private static final String SEND = "insert into notifications (id, order_id, text) values (?, ?, ?)";

    @Bean
    OrderConsumer payments(MessageQueue queue, DataSource database) {
        return OrderConsumer.of(
                "notifications", OrderMessage.PAID, queue, database, NotificationsConfiguration::notifyUser);
    }

    private static void notifyUser(Connection connection, OrderMessage order) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(SEND)) {
            insert.setObject(1, UuidV7.at(System.currentTimeMillis()));
            insert.setObject(2, order.orderId());
            insert.setString(3, "Your order of " + order.item() + " is paid.");
            insert.executeUpdate();
        }
    }
}
