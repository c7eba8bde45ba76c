package dev.mooring.postgres.connect;

import dev.mooring.postgres.settings.KeepAlive;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.HostSpec;

/**
 * How the sockets of one log-in are made. The driver tries each host with one address only. So a log-in has rounds: in the second one, each
 * host has its second address. Used by the thread that logs in.
 */
final class SocketPlan {
    /** Addresses that did not accept come last in the next log-in, so that it tries others of a longer list. */
    private static final int MOST_ROUNDS = 4;

    private final OpenRequest request;
    private final KeepAlive keepAlive;
    private final Sockets sockets;
    private final boolean inUtc;
    private final Addresses addresses;
    private final Map<HostSpec, List<InetAddress>> order;
    private final int rounds;
    private int round;
    /** Whether in this round an address did not accept a connection, so that another one is worth a round. */
    private boolean refused;

    /** The address that accepted last; null where none did. */
    private @Nullable InetSocketAddress acceptedLast;

    /** How many connects may come, and the milliseconds for all of them. */
    private int connectsLeft;

    private long millisLeft;

    /** Sockets of requests to cancel a statement of the session. */
    private final Sockets cancels = new Sockets();

    /** Whether the log-in has succeeded. Volatile: the thread that logs in writes it, and each thread that makes a socket reads it. */
    private volatile boolean loggedIn;

    /** {@code inUtc} makes the session ask for UTC instead of the time zone of the JVM. */
    SocketPlan(OpenRequest request, KeepAlive keepAlive, Sockets sockets, boolean inUtc, Addresses addresses) {
        this.request = request;
        this.keepAlive = keepAlive;
        this.sockets = sockets;
        this.inUtc = inUtc;
        this.addresses = addresses;
        this.order = addresses.inOrder();
        int most = order.values().stream().mapToInt(List::size).max().orElse(1);
        this.rounds = Math.min(MOST_ROUNDS, most);
        this.connectsLeft = rounds * addresses.hosts();
        this.millisLeft = request.connectTimeout().toMillis();
    }

    OpenRequest request() {
        return request;
    }

    KeepAlive keepAlive() {
        return keepAlive;
    }

    Sockets sockets() {
        return sockets;
    }

    boolean inUtc() {
        return inUtc;
    }

    void loggedIn() {
        loggedIn = true;
    }

    boolean isLoggedIn() {
        return loggedIn;
    }

    Sockets cancels() {
        return cancels;
    }

    /** Begins the next round; false when there is no other address for one that did not accept. */
    boolean nextRound() {
        boolean worthIt = refused && round + 1 < rounds;
        refused = false;
        round++;
        return worthIt;
    }

    /** The address of this round in place of {@code chosen}, which the driver chose. */
    SocketAddress endpoint(SocketAddress chosen) {
        if (isResolved(chosen)) {
            InetSocketAddress address = (InetSocketAddress) chosen;
            List<InetAddress> its = order.getOrDefault(host(address), List.of());
            if (!its.isEmpty()) {
                return new InetSocketAddress(its.get(Math.min(round, its.size() - 1)), address.getPort());
            }
        }
        return chosen;
    }

    /** The limit of the next connect: what is left for all, shared among those that may come. */
    int connectMillis() {
        connectsLeft = Math.max(1, connectsLeft);
        return (int) Math.max(1, millisLeft / connectsLeft);
    }

    /** Records that the address accepted. */
    void accepted(SocketAddress endpoint) {
        if (isResolved(endpoint)) {
            InetSocketAddress address = (InetSocketAddress) endpoint;
            addresses.accepted(host(address), address.getAddress());
            acceptedLast = address;
        }
    }

    /** Records that the address which accepted last did not answer the log-in. */
    void unanswered() {
        InetSocketAddress address = acceptedLast;
        if (address != null) {
            addresses.refused(host(address), address.getAddress());
        }
    }

    /** Records that the address did not accept within {@code millis}. */
    void failed(SocketAddress endpoint, IOException failure, long millis) {
        connectsLeft--;
        millisLeft -= Math.min(millis, millisLeft);
        // Only this process closes sockets like this: it wants no further attempt.
        if (isResolved(endpoint) && !"Socket closed".equals(failure.getMessage())) {
            InetSocketAddress address = (InetSocketAddress) endpoint;
            refused = true;
            addresses.refused(host(address), address.getAddress());
        }
    }

    private static boolean isResolved(SocketAddress endpoint) {
        return endpoint instanceof InetSocketAddress address && !address.isUnresolved();
    }

    private static HostSpec host(InetSocketAddress address) {
        return new HostSpec(address.getHostString(), address.getPort());
    }
}
