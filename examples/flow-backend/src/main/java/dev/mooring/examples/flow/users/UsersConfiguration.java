package dev.mooring.examples.flow.users;

import dev.mooring.examples.flow.database.SchemaConfiguration;
import dev.mooring.examples.flow.transactions.TransactionsConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The parts of the users service. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({SchemaConfiguration.class, TransactionsConfiguration.class, UsersController.class})
public class UsersConfiguration {}
