package dev.mooring.examples.flow.payments;

import dev.mooring.examples.flow.transactions.PatientTransactions;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows the payment of an order. */
@RestController
class PaymentsController {
    private final JdbcClient database;
    private final PatientTransactions transactions;

    PaymentsController(JdbcClient database, PatientTransactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    @GetMapping("/payments")
    Payment.Page payments(@RequestParam("order_id") UUID order) {
        return new Payment.Page(transactions.run(
                () -> database.sql("select id, order_id, amount_cents from payments where order_id = ?")
                        .param(order)
                        .query(Payment.class)
                        .list()));
    }
}
