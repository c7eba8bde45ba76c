package dev.mooring.examples.flow.notifications;

import dev.mooring.examples.flow.transactions.PatientTransactions;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows the notifications about an order. */
@RestController
class NotificationsController {
    private final JdbcClient database;
    private final PatientTransactions transactions;

    NotificationsController(JdbcClient database, PatientTransactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    @GetMapping("/notifications")
    Notification.Page notifications(@RequestParam("order_id") UUID order) {
        return new Notification.Page(transactions.run(() -> database.sql(
                        "select id, order_id, text from notifications where order_id = ? order by sent_at, id")
                .param(order)
                .query(Notification.class)
                .list()));
    }
}
