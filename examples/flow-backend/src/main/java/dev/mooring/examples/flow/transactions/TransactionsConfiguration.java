package dev.mooring.examples.flow.transactions;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** The transactions of one service. */
@Configuration(proxyBeanMethods = false)
public class TransactionsConfiguration {
    @Bean
    PatientTransactions patientTransactions(PlatformTransactionManager manager) {
        return new PatientTransactions(manager);
    }
}
