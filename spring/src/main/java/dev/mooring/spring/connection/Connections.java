package dev.mooring.spring.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one listener, by a key of the web server, and the rules that end them. Request threads and the acceptor may call
 * everything but {@link #sweep}, which belongs to one thread.
 *
 * @param <K> the key, compared by identity or as cheaply
 */
public final class Connections<K> {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Map<K, Connection> all = new ConcurrentHashMap<>();
    /** The numbers of connections by client; empty where these have no limit. */
    private final Map<ClientAddress, Integer> clients = new ConcurrentHashMap<>();

    private final ConnectionLimits limits;
    private final Endings endings = new Endings();

    /** No connections yet. */
    public Connections(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** Adds a connection that was accepted at {@code now}; false if its client has as many as it may. */
    public boolean open(K key, ClientSocket socket, ClientAddress client, long now) {
        if (limits.perClient().isPresent()
                && clients.merge(client, 1, Integer::sum) > limits.perClient().getAsInt()) {
            forget(client);
            endings.count(Ending.TOO_MANY);
            return false;
        }
        all.put(key, new Connection(socket, client, limits.answer().toNanos(), now));
        return true;
    }

    /** A connection is closed. */
    public void closed(K key) {
        Connection gone = all.remove(key);
        if (gone != null && limits.perClient().isPresent()) {
            forget(gone.client());
        }
    }

    private void forget(ClientAddress client) {
        clients.computeIfPresent(client, (same, count) -> count == 1 ? null : count - 1);
    }

    /** The connection of this key; null if it is closed. */
    public @Nullable Connection of(K key) {
        return all.get(key);
    }

    /** Whether so few places are free that the sweeper should not wait. */
    public boolean isCrowded() {
        return limits.most() - all.size() < limits.keptFree() / 2;
    }

    /** Ends the connections that the rules end at {@code now}, and says when to look again. */
    public Duration sweep(long now) {
        Sweep sweep = new Sweep(now);
        all.forEach(sweep::look);
        sweep.makePlacesForRequests();
        sweep.makePlacesForConnections();
        endings.log(now);
        return LOOK_AGAIN;
    }

    /** One look at all connections. */
    private final class Sweep {
        private final long now;
        private final long head = limits.head().toNanos();
        private final long idle;
        private final List<Connection> resting = new ArrayList<>();
        private final List<Connection> waiting = new ArrayList<>();
        private int served;
        private int staying;

        Sweep(long now) {
            this.now = now;
            this.idle = limits.idleWith(limits.most() - all.size()).toNanos();
        }

        void look(K key, Connection connection) {
            if (connection.socket().isClosed()) {
                closed(key);
                return;
            }
            connection.look(now);
            Optional<Ending> why = connection.over(now, head, idle);
            if (why.isPresent()) {
                end(connection, why.get());
            } else {
                keep(connection);
            }
        }

        private void keep(Connection connection) {
            if (connection.isServed()) {
                served++;
                if (connection.waitsForClient()) {
                    waiting.add(connection);
                }
            }
            if (!connection.isEnded()) {
                staying++;
                if (connection.isResting()) {
                    resting.add(connection);
                }
            }
        }

        void makePlacesForRequests() {
            int tooMany = Math.min(served - limits.calm(), waiting.size() - limits.allowedToWait());
            longestFirst(waiting).stream().limit(Math.max(0, tooMany)).forEach(one -> end(one, Ending.PLACE_NEEDED));
        }

        void makePlacesForConnections() {
            int tooMany = staying - (limits.most() - limits.keptFree());
            if (tooMany > 0) {
                Crowd.of(longestFirst(resting)).leaving(tooMany).forEach(one -> end(one, Ending.CROWDED_OUT));
            }
        }

        private void end(Connection connection, Ending why) {
            endings.count(why);
            connection.end();
        }

        private List<Connection> longestFirst(List<Connection> some) {
            some.sort(Comparator.comparingLong(one -> one.since() - now));
            return some;
        }
    }
}
