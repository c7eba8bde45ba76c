package dev.mooring.messages;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Puts a dead letter back. Of one key never two messages lead: a newer one that leads and that no relay holds gives the lead up; one that a
 * relay holds keeps it, and {@link OutcomeTable} gives the lead to the oldest when that one has ended or waits.
 */
final class Replay {
    private static final String STEP_BACK = """
            update mooring.outbox set leads = false, claimed_by = null
            where destination = ? and ordering_key = ? and state = 'pending' and leads and seq > ?
              and (claimed_by is null or due_at <= clock_timestamp())""";

    private static final String PUT_BACK = """
            with back as (
              update mooring.outbox o
              set state = 'pending', ended_at = null, refusals = 0, claimed_by = null, ready_at = clock_timestamp(),
                  due_at = clock_timestamp(),
                  leads = not exists (select from mooring.outbox e where e.destination = o.destination
                                        and e.ordering_key = o.ordering_key and e.state = 'pending' and e.leads)
              where message_id = ? and state = 'dead'
              returning destination)
            select pg_notify(?, destination) from back""";

    private Replay() {}

    /** False, and nothing changes, if another transaction was faster. */
    static boolean of(Connection connection, DeadLetter letter) throws SQLException {
        KeyLock.take(connection, letter.destination(), letter.key());
        if (!DeadLetters.stateOf(connection, letter.id()).filter("dead"::equals).isPresent()) {
            return false;
        }
        try (PreparedStatement statement = connection.prepareStatement(STEP_BACK)) {
            statement.setString(1, letter.destination());
            statement.setString(2, letter.key());
            statement.setLong(3, letter.seq());
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(PUT_BACK)) {
            statement.setObject(1, letter.id());
            statement.setString(2, Entry.CHANNEL);
            statement.execute();
            return true;
        }
    }
}
