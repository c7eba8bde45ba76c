package dev.mooring.testing.proxy;

import dev.mooring.embedded.machine.FreePort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * A TCP proxy on the loopback interface whose network the test breaks and heals at run time.
 *
 * <p>One fault at a time is in force for existing connections and one for new ones; a later {@link #inject} replaces the earlier one
 * for those connections that it is for. When a call of {@code inject} or {@link #heal} returns, the change is in force.
 *
 * <p>If the server itself refuses, a client of the proxy is accepted and then reset. A round trip takes about 25 µs longer (2
 * cores, JDK 17). Thread-safe. Its threads are daemons called
 * {@code mooring-proxy-…}, two for each connection; {@link #close} ends them all.
 */
public final class FaultProxy implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final InetSocketAddress address;
    private final ThreadRoster threads;
    private final Hub hub;
    private final Doorway doorway;

    /** Lets one thread at a time change the fault, so that the door and all links always have the same one. */
    private final Object control = new Object();

    private FaultProxy(InetSocketAddress address, InetSocketAddress target) {
        this.address = address;
        this.threads = new ThreadRoster("mooring-proxy-" + address.getPort() + "-");
        this.hub = new Hub(threads, target);
        this.doorway = new Doorway(address, hub::welcome);
        threads.start("accept", doorway);
    }

    /** A proxy to the given server, on a free loopback port. The server need not be there yet. */
    public static FaultProxy to(String host, int port) {
        return to(host, port, FreePort.choose());
    }

    /**
     * A proxy to the given server, on a given loopback port.
     *
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static FaultProxy to(String host, int port, int listenPort) {
        return new FaultProxy(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), listenPort), new InetSocketAddress(host, port));
    }

    /** The numeric loopback address that clients connect to. */
    public String host() {
        return address.getAddress().getHostAddress();
    }

    /** The port that clients connect to. */
    public int port() {
        return address.getPort();
    }

    /** Puts a fault in force for existing and for new connections. */
    public void inject(Fault fault) {
        inject(fault, Affected.ALL);
    }

    /**
     * Puts a fault in force for some connections; the others keep what they have.
     *
     * @throws IllegalStateException if a black hole is asked for and this system does not drop SYN packets
     */
    public void inject(Fault fault, Affected affected) {
        put((Behaviour) fault, affected);
    }

    /** Ends all faults and delivers in order the bytes that they held back. */
    public void heal() {
        put(new Behaviour.None(), Affected.ALL);
    }

    /** Sends new connections to another server from now on, as after a failover; existing ones stay where they are. */
    public void redirectTo(String host, int port) {
        hub.redirectTo(new InetSocketAddress(host, port));
    }

    /** Resets every connection that is open now, with a RST to both sides, and returns how many those were. */
    public int resetAll() {
        List<Link> open = hub.open();
        open.forEach(Link::reset);
        return open.size();
    }

    /** Resets the oldest connection that is open now, and returns whether there was one. */
    public boolean resetOldest() {
        var oldest = hub.oldest();
        oldest.ifPresent(Link::reset);
        return oldest.isPresent();
    }

    /** How many connections were opened since the proxy started. */
    public int opened() {
        return hub.opened();
    }

    /** How many connections are open now. One that a client gave up during a stall counts until the fault ends. */
    public int openNow() {
        return hub.open().size();
    }

    /** How many bytes were passed on in this direction since the proxy started. */
    public long passed(Direction direction) {
        return hub.passed(direction).get();
    }

    /**
     * Closes the listener and all connections and waits for the threads.
     *
     * @throws IllegalStateException if a thread has not ended after 5 seconds
     */
    @Override
    public void close() {
        synchronized (control) {
            doorway.close();
            hub.close();
        }
        List<String> left = threads.awaitEnd(CLOSE_LIMIT);
        if (!left.isEmpty()) {
            throw new IllegalStateException(this + " was closed but these threads still run: " + left);
        }
    }

    @Override
    public String toString() {
        return "FaultProxy[" + host() + ":" + port() + "]";
    }

    private void put(Behaviour behaviour, Affected affected) {
        synchronized (control) {
            hub.put(behaviour, affected);
            if (affected.includesNew()) {
                doorway.set(behaviour.door());
            }
        }
    }
}
