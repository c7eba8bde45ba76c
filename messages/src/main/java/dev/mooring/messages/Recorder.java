package dev.mooring.messages;

import dev.mooring.event.MooringEvent.DeliveryOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
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
 * Records how the deliveries of a batch ended: messages end, and the next of their keys lead; or they wait. Changes nothing of a message that
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
     * Records rulings of one claim, and takes each key whose rulings are recorded out of {@code lines}. Safe to repeat with the rest after
     * an exception, also when the outcome of a commit is unknown.
     *
     * @param recorded gets what the results mean for the messages; nothing for one that the relay no longer holds
     */
    void record(Map<String, List<Ruling>> lines, Map<UUID, DeliveryOutcome> recorded) throws SQLException {
        Map<String, List<Ruling>> plain = new LinkedHashMap<>(lines);
        plain.values().removeIf(line -> line.stream().anyMatch(ruling -> ruling.also() != Result.Recording.NOTHING));
        if (plain.size() > 1) {
            recordFree(plain, lines, recorded);
        }
        recordOneByOne(lines, recorded);
    }

    private void recordFree(
            Map<String, List<Ruling>> plain, Map<String, List<Ruling>> lines, Map<UUID, DeliveryOutcome> recorded)
            throws SQLException {
        Map<String, List<Ruling>> locked = new LinkedHashMap<>();
        Map<UUID, DeliveryOutcome> outcomes = Work.transact(database, connection -> {
            locked.clear();
            locked.putAll(plain);
            locked.keySet().retainAll(KeyLock.takeFree(connection, destinationOf(plain), plain.keySet()));
            return locked.isEmpty() ? Map.of() : write(connection, locked);
        });
        recorded.putAll(outcomes);
        lines.keySet().removeAll(locked.keySet());
    }

    /** A key whose changes fail does not stop the others. */
    private void recordOneByOne(Map<String, List<Ruling>> lines, Map<UUID, DeliveryOutcome> recorded)
            throws SQLException {
        SQLException failure = null;
        for (Iterator<Map.Entry<String, List<Ruling>>> rest = lines.entrySet().iterator(); rest.hasNext(); ) {
            Map.Entry<String, List<Ruling>> entry = rest.next();
            Map<String, List<Ruling>> line = Map.of(entry.getKey(), entry.getValue());
            try {
                recorded.putAll(Work.transact(database, connection -> {
                    KeyLock.take(connection, destinationOf(line), entry.getKey());
                    return write(connection, line);
                }));
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

    private static Map<UUID, DeliveryOutcome> write(Connection connection, Map<String, List<Ruling>> lines)
            throws SQLException {
        List<Ruling> rulings = lines.values().stream().flatMap(List::stream).toList();
        UUID claim = rulings.get(0).held().claim();
        Set<UUID> changed = OutcomeTable.apply(connection, claim, rulings, destinationOf(lines), lines.keySet());
        List<String> waiting = waiting(lines);
        if (!waiting.isEmpty()) {
            OutcomeTable.stepBack(connection, destinationOf(lines), waiting);
        }
        Set<UUID> before = changed.size() == rulings.size() ? Set.of() : endedBefore(connection, claim, rulings);
        Map<UUID, DeliveryOutcome> outcomes = new LinkedHashMap<>();
        for (Ruling ruling : rulings) {
            UUID id = ruling.held().message().id();
            if (changed.contains(id)) {
                ruling.also().on(connection);
            }
            if (changed.contains(id) || before.contains(id)) {
                ruling.outcome().ifPresent(how -> outcomes.put(id, how));
            }
        }
        return outcomes;
    }

    private static Set<UUID> endedBefore(Connection connection, UUID claim, List<Ruling> rulings) throws SQLException {
        Collection<UUID> ending = new ArrayList<>();
        for (Ruling ruling : rulings) {
            if (ruling.ends()) {
                ending.add(ruling.held().message().id());
            }
        }
        return ending.isEmpty() ? new HashSet<>() : OutcomeTable.endedBy(connection, claim, ending);
    }

    private static List<String> waiting(Map<String, List<Ruling>> lines) {
        return lines.entrySet().stream()
                .filter(line -> line.getValue().stream().anyMatch(Ruling::waits))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String destinationOf(Map<String, List<Ruling>> lines) {
        return lines.values().iterator().next().get(0).held().message().destination();
    }
}
