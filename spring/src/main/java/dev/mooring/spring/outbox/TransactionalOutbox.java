package dev.mooring.spring.outbox;

import dev.mooring.messages.Message;
import dev.mooring.messages.Outbox;
import dev.mooring.postgres.id.UuidV7;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Adds messages in the transaction of its caller: a message is accepted when the transaction commits, and gone when it rolls back. Works with
 * each of Spring's transaction managers that works on one {@code DataSource}: JDBC, JPA, Hibernate; not with JTA. Thread-safe.
 */
public final class TransactionalOutbox {
    private final DataSource database;
    private final Wakes wakes;
    private final SQLExceptionTranslator translator;

    TransactionalOutbox(DataSource database, Wakes wakes) {
        this.database = database;
        this.wakes = wakes;
        // Without the database's name it asks no database for it.
        this.translator = new SQLErrorCodeSQLExceptionTranslator("PostgreSQL");
    }

    /**
     * Adds a message. Add messages last in a transaction, because transactions that add messages of one key wait for each other.
     *
     * @param destination the name of the bean of type {@code Delivery} that delivers it
     * @param key messages of one key arrive in the order of their transactions
     * @param type what it says, such as {@code order.placed}
     * @param payload its content, a JSON document
     * @return the id of the message
     * @throws IllegalStateException no transaction is active, or the active one is read-only or on another database
     */
    public UUID add(String destination, String key, String type, String payload) {
        Message message = new Message(UuidV7.at(System.currentTimeMillis()), destination, key, type, payload);
        add(message);
        return message.id();
    }

    /** Adds a message, as {@link #add(String, String, String, String)} does. */
    public void add(Message message) {
        requireTransaction(message);
        // Spring gives a connection outside the transaction where the transaction is on another DataSource; its changes
        // would be lost.
        boolean bound = TransactionSynchronizationManager.hasResource(database);
        Connection connection = DataSourceUtils.getConnection(database);
        try {
            if (!bound || connection.getAutoCommit()) {
                throw refused(message, "the active transaction is on another DataSource than the outbox");
            }
            Outbox.add(connection, message);
        } catch (SQLException failed) {
            throw translated(failed);
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    wakes.wake(message.destination());
                }
            });
        }
    }

    private RuntimeException translated(SQLException failed) {
        RuntimeException translated = translator.translate("adding to the outbox", null, failed);
        return translated == null ? new IllegalStateException(failed) : translated;
    }

    private static void requireTransaction(Message message) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw refused(
                    message,
                    "no transaction is active. Call it from a method with @Transactional, on the thread of the transaction");
        }
        if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            throw refused(message, "the active transaction is read-only");
        }
    }

    private static IllegalStateException refused(Message message, String why) {
        return new IllegalStateException("The outbox takes no message of type " + message.type() + " to "
                + message.destination() + ", because " + why + ".");
    }
}
