package dev.mooring.messages.queue.postgres;

import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureClassifier;
import dev.mooring.failure.FailureKind;
import dev.mooring.messages.Figures;
import dev.mooring.messages.Result;
import dev.mooring.messages.Work;
import dev.mooring.messages.queue.DeadMessage;
import dev.mooring.messages.queue.Envelope;
import dev.mooring.messages.queue.MessageQueue;
import dev.mooring.messages.queue.QueueException;
import dev.mooring.messages.queue.Reader;
import dev.mooring.messages.queue.Received;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.control.ControlConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * A queue in PostgreSQL. It keeps one copy of a message: publishing an id again changes nothing while the message is there. A message goes
 * when it is older than a day and every group has acknowledged it; without a group, when it is older than seven days. Messages come in the
 * order in which they were published, so those of transactions that wait for each other come in the order of the transactions. Each
 * transaction of its own is short; {@link #receive} holds none while it waits. Thread-safe.
 */
public final class PostgresQueue implements MessageQueue {
    /** How long a message stays that all groups have acknowledged. */
    public static final Duration KEPT = Duration.ofDays(1);

    /** How long a message stays while there is no group. */
    public static final Duration KEPT_WITHOUT_GROUP = Duration.ofDays(7);

    private static final Duration POLL = Duration.ofSeconds(1);

    private final DataSource database;
    private final String name;
    private final Publishing publishing;
    private final Reading reading;
    private final Ends ends;
    private final Bell bell = new Bell();

    /** The groups that this process made or found. */
    private final Set<String> groups = Collections.newSetFromMap(new ConcurrentHashMap<>());

    private PostgresQueue(DataSource database, String name) {
        this.database = database;
        this.name = name;
        this.publishing = new Publishing(name);
        this.reading = new Reading(name);
        this.ends = new Ends(name);
    }

    /** The queue of this name, in the tables of {@link dev.mooring.messages.MessagesSchema}. */
    public static PostgresQueue of(DataSource database, String name) {
        return new PostgresQueue(database, name);
    }

    /** Lets {@link #receive} hear of new messages of other processes at once; without this it looks once a second. */
    public PostgresQueue hearing(ControlConnection control) {
        control.listen(Publishing.CHANNEL, bell::ring);
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * Publishes messages in the transaction of {@code connection}: they are in the queue when it commits. The transaction should be {@code
     * READ COMMITTED}, because a stricter one does not see a group that was made after it began.
     */
    public void publish(Connection connection, List<Envelope> messages) throws SQLException {
        publishing.publish(connection, messages);
    }

    /** In one transaction of its own, so all messages are published or none. */
    @Override
    public List<Result> publish(List<Envelope> messages) {
        try {
            Work.transact(database, connection -> {
                publishing.publish(connection, messages);
                return messages.size();
            });
            bell.ring();
            return messages.stream().map(message -> Result.delivered()).toList();
        } catch (SQLException | RuntimeException failed) {
            Result result = resultOf(failed);
            return messages.stream().map(message -> result).toList();
        }
    }

    private static Result resultOf(Exception failed) {
        String message = Failure.oneLine(failed);
        return FailureClassifier.fenced(Postgres.failures())
                .classify(failed)
                .<Result>map(kind -> new Result.Later(kind, message))
                .orElseGet(() -> new Result.Refused(FailureKind.PROTOCOL_ERROR, message));
    }

    @Override
    public List<Received> receive(Reader reader, int most, Duration wait) throws InterruptedException {
        makeGroup(reader.group());
        long endsAt = System.nanoTime() + wait.toNanos();
        while (true) {
            long rung = bell.rung();
            List<Received> messages = in(connection -> reading.claim(connection, reader, most));
            Duration left = Duration.ofNanos(endsAt - System.nanoTime());
            if (!messages.isEmpty() || left.isNegative() || left.isZero()) {
                return messages;
            }
            bell.await(rung, left.compareTo(POLL) < 0 ? left : POLL);
        }
    }

    private void makeGroup(String group) {
        if (!groups.contains(group)) {
            in(connection -> reading.makeGroup(connection, group));
            groups.add(group);
        }
    }

    @Override
    public void acknowledge(Reader reader, List<Received> processed) {
        in(connection -> ends.acknowledge(connection, reader, processed));
    }

    @Override
    public List<Received> extend(Reader reader, List<Received> held) {
        return in(connection -> reading.extend(connection, reader, held));
    }

    @Override
    public void giveBack(Reader reader, List<Received> untouched) {
        in(connection -> reading.giveBack(connection, reader, untouched));
        bell.ring();
    }

    @Override
    public void deadLetter(Reader reader, Received poison, Failure cause) {
        in(connection -> ends.deadLetter(connection, reader, poison, cause));
    }

    @Override
    public List<DeadMessage> deadLetters(String after, int most) {
        return in(connection -> ends.deadLetters(connection, after, most));
    }

    @Override
    public boolean replay(String place) {
        boolean found = in(connection -> ends.replay(connection, place));
        bell.ring();
        return found;
    }

    @Override
    public boolean discard(String place) {
        return in(connection -> ends.discard(connection, place));
    }

    @Override
    public Figures depth() {
        return in(connection -> reading.depth(connection));
    }

    /** Deletes up to 1,000 messages that are over. */
    @Override
    public void tidy() {
        in(connection -> ends.deleteEnded(connection));
    }

    private <T> T in(Work<T> work) {
        try {
            return Work.transact(database, work);
        } catch (SQLException failed) {
            FailureKind kind = FailureClassifier.fenced(Postgres.failures())
                    .classify(failed)
                    .orElse(FailureKind.UNKNOWN);
            throw new QueueException(name, kind, failed);
        }
    }
}
