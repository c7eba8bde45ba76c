package dev.mooring.diagnosis;

import dev.mooring.failure.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The way to a server: its steps {@link #name} and {@link #tcp}, and connections to the address that accepted. The steps of one diagnosis use
 * it, one after the other.
 */
public final class NetworkPath {
    private static final int MOST_ADDRESSES = 4;
    /** The share of the time that connects may take, so that the step ends with their own failure and not at its limit. */
    private static final double SHARE = 0.9;

    private final NetworkChecks checks;
    private final List<Endpoint> endpoints;
    private final Duration limit;
    /** The addresses to try. Volatile, as the next field: each step has a thread of its own. */
    private volatile List<Way> ways = List.of();

    private volatile @Nullable Way accepted;

    /** One address of one host. */
    private record Way(Endpoint endpoint, InetAddress address) {
        InetSocketAddress target() {
            return new InetSocketAddress(address, endpoint.port());
        }

        @Override
        public String toString() {
            return new Endpoint(address.getHostAddress(), endpoint.port()).toString();
        }
    }

    /**
     * The way to one of these servers.
     *
     * @param limit the limit of each step
     */
    public NetworkPath(NetworkChecks checks, List<Endpoint> endpoints, Duration limit) {
        this.checks = checks;
        this.endpoints = List.copyOf(endpoints);
        this.limit = limit;
    }

    /** Resolves the names. */
    public Step name() {
        return new Step(Layer.NAME, limit, checks.name(), this::resolve);
    }

    /** Connects to the addresses, four at most. */
    public Step tcp() {
        return new Step(Layer.TCP, limit, checks.reachable(), this::reach);
    }

    /** The server whose address accepted a connection. */
    public Endpoint endpoint() {
        return way().endpoint();
    }

    /** A new connection to the address that accepted; another thread closes it when the step is late. */
    public Socket connect(Round round) throws IOException {
        Socket socket = new Socket();
        round.closeWhenLate(socket);
        int millis = millis(round.left());
        socket.connect(way().target(), millis);
        socket.setSoTimeout(millis);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /**
     * Encrypts the connection, and examines the certificate of the server.
     *
     * @throws BrokenException the handshake failed, or the certificate is not what {@code trust} asks for
     */
    public Socket secure(Socket socket, Round round, TlsTrust trust) throws BrokenException {
        return new Handshake(checks, trust).over(socket, endpoint(), round);
    }

    private Way way() {
        return Objects.requireNonNull(accepted, "no address has accepted a connection yet");
    }

    private static int millis(Duration left) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, left.toMillis() * SHARE));
    }

    private void resolve(Round round) throws BrokenException {
        List<Way> found = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            try {
                List<InetAddress> all = List.of(InetAddress.getAllByName(endpoint.host()));
                all.forEach(address -> found.add(new Way(endpoint, address)));
                round.saw(said(endpoint, all));
            } catch (UnknownHostException none) {
                unknown.add(endpoint.host());
            }
        }
        if (found.isEmpty()) {
            throw checks.name().broken(String.join(", ", unknown) + " has no address");
        }
        if (!unknown.isEmpty()) {
            round.warn(checks.names(), String.join(", ", unknown) + " has no address");
        }
        ways = List.copyOf(found);
    }

    private String said(Endpoint endpoint, List<InetAddress> all) {
        String which = all.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
        String whose = endpoints.size() > 1 ? endpoint.host() + " has " : "";
        return whose + (all.size() == 1 ? "address " : all.size() + " addresses: ") + which;
    }

    private void reach(Round round) throws BrokenException {
        List<Way> all = ways.stream().limit(MOST_ADDRESSES).toList();
        List<String> dead = new ArrayList<>();
        @Nullable BrokenException first = null;
        for (int i = 0; i < all.size(); i++) {
            Way way = all.get(i);
            try {
                long begun = System.nanoTime();
                touch(way, round, millis(round.left().dividedBy(all.size() - i)));
                if (accepted == null) {
                    accepted = way;
                    round.saw("connected to " + way + " in " + tenths(begun) + " ms");
                }
            } catch (IOException failed) {
                BrokenException broken = broken(way, failed);
                dead.add(broken.fault().message());
                first = first == null ? broken : first;
            }
        }
        if (accepted == null) {
            throw Objects.requireNonNull(first, "a name without addresses ended the diagnosis before");
        }
        if (!dead.isEmpty()) {
            round.warn(checks.addresses(), String.join("; ", dead));
        }
    }

    private static void touch(Way way, Round round, int millis) throws IOException {
        try (Socket socket = new Socket()) {
            round.closeWhenLate(socket);
            socket.connect(way.target(), millis);
        }
    }

    private BrokenException broken(Way way, IOException failed) {
        String words = Failure.oneLine(failed).toLowerCase(Locale.ROOT);
        boolean lost = failed instanceof SocketTimeoutException
                || words.contains("timed out")
                || words.contains("unreachable")
                || words.contains("no route");
        return lost
                ? checks.reachable().broken(way + " does not answer the connect (" + words + ")")
                : checks.refused().broken(way + " refuses connections (" + words + ")");
    }

    private static String tenths(long begun) {
        return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - begun) / 1e6);
    }
}
