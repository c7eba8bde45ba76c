package dev.mooring.messages;

import dev.mooring.event.MooringEvent.DeliveryOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Records how deliveries ended: messages end, and the next of their keys lead; or they wait. Changes nothing of a message that
 * the relay no longer holds. Thread-safe.
 *
 * <p>One transaction records all keys whose locks are free. A transaction that holds the lock of one key waits for that of another nowhere,
 * so transactions that add messages of several keys, in whatever order, cannot deadlock with it: the keys that are locked just then, and
 * those that bring changes of their own, follow in one transaction each.
 */
final class Recorder {
    private final DataSource database;

    Recorder(DataSource database) {
        this.database = database;
    }

    /**
     * Records rulings, and takes each key whose rulings are recorded out of {@code lines}. Safe to repeat with the rest after
     * an exception, also when the outcome of a commit is unknown.
     *
     * @param recorded gets what the results mean for the messages; nothing for one that the relay no longer holds
     */
    void record(Map<String, List<Ruling>> lines, Map<UUID, DeliveryOutcome> recorded) throws SQLException {
        Map<String, List<Ruling>> plain = new LinkedHashMap<>(lines);
        plain.values().removeIf(line -> line.stream().anyMatch(ruling -> ruling.also() != Result.Recording.NOTHING));
        if (plain.size() > 1) {
            lines.keySet().removeAll(record(plain, false, recorded));
        }
        recordOneByOne(lines, recorded);
    }

    /**
     * Records in one transaction the rulings of keys whose locks are free, and takes those keys out of {@code lines}. None of the rulings
     * brings changes of its own.
     */
    void recordFree(Map<String, List<Ruling>> lines, Map<UUID, DeliveryOutcome> recorded) throws SQLException {
        lines.keySet().removeAll(record(lines, false, recorded));
    }

    /** A key whose changes fail does not stop the others. */
    private void recordOneByOne(Map<String, List<Ruling>> lines, Map<UUID, DeliveryOutcome> recorded)
            throws SQLException {
        SQLException failure = null;
        for (Iterator<Map.Entry<String, List<Ruling>>> rest = lines.entrySet().iterator(); rest.hasNext(); ) {
            Map.Entry<String, List<Ruling>> entry = rest.next();
            Map<String, List<Ruling>> line = Map.of(entry.getKey(), entry.getValue());
            try {
                Set<String> locked = record(line, true, recorded);
                assert locked.equals(line.keySet());
                rest.remove();
            } catch (SQLException | RuntimeException failed) {
                failure = join(failure, failed);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static SQLException join(@Nullable SQLException first, Exception failed) {
        if (first == null) {
            return failed instanceof SQLException sql ? sql : new SQLException(failed.getMessage(), failed);
        }
        first.addSuppressed(failed);
        return first;
    }

    /** Where all messages end and nothing else changes, the one round trip is the transaction. */
    private Set<String> record(Map<String, List<Ruling>> lines, boolean waiting, Map<UUID, DeliveryOutcome> recorded)
            throws SQLException {
        boolean simple = lines.values().stream()
                .flatMap(List::stream)
                .allMatch(ruling -> ruling.ends() && ruling.also() == Result.Recording.NOTHING);
        Map<UUID, DeliveryOutcome> outcomes = new LinkedHashMap<>();
        Work<Set<String>> work = connection -> {
            outcomes.clear();
            return write(connection, lines, waiting, outcomes);
        };
        Set<String> locked = simple ? Work.atOnce(database, work) : Work.transact(database, work);
        recorded.putAll(outcomes);
        return locked;
    }

    private static Set<String> write(
            Connection connection,
            Map<String, List<Ruling>> lines,
            boolean waiting,
            Map<UUID, DeliveryOutcome> outcomes)
            throws SQLException {
        String destination = destinationOf(lines);
        List<Ruling> all = lines.values().stream().flatMap(List::stream).toList();
        OutcomeTable.Recorded recorded = OutcomeTable.record(connection, all, destination, lines.keySet(), waiting);
        List<Ruling> rulings = all.stream()
                .filter(ruling ->
                        recorded.keys().contains(ruling.held().message().key()))
                .toList();
        Set<String> still = new HashSet<>();
        rulings.stream()
                .filter(ruling -> !ruling.ends())
                .forEach(ruling -> still.add(ruling.held().message().key()));
        if (!still.isEmpty()) {
            OutcomeTable.stepBack(connection, destination, still);
        }
        List<Ruling> missing = rulings.stream()
                .filter(ruling -> ruling.ends()
                        && !recorded.changed().contains(ruling.held().message().id()))
                .toList();
        Set<UUID> before = missing.isEmpty() ? Set.of() : OutcomeTable.endedBefore(connection, missing);
        for (Ruling ruling : rulings) {
            UUID id = ruling.held().message().id();
            boolean changed = recorded.changed().contains(id);
            if (changed) {
                ruling.also().on(connection);
            }
            if (changed || before.contains(id)) {
                ruling.outcome().ifPresent(how -> outcomes.put(id, how));
            }
        }
        return recorded.keys();
    }

    private static String destinationOf(Map<String, List<Ruling>> lines) {
        return lines.values().iterator().next().get(0).held().message().destination();
    }
}
