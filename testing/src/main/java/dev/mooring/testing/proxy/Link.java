package dev.mooring.testing.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One client's connection through the proxy: two sockets, two lanes, and the behaviour that is in force on them. */
final class Link implements Runnable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final Hub hub;
    private final Socket client;
    private final Socket server = new Socket();
    private final InetSocketAddress target;
    private final int number;

    /** Guards {@code inForce}, {@code closed} and {@code openLanes}, and wakes waiting lanes after a change. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    /** Written under {@code lock}; volatile so that a lane reads it for each chunk without the lock. */
    private volatile InForce inForce = new InForce(new Behaviour.None());
    /** Written under {@code lock}; volatile for the same reason. */
    private volatile boolean closed;

    private int openLanes = 2;

    Link(Hub hub, Socket client, InetSocketAddress target, int number) {
        this.hub = hub;
        this.client = client;
        this.target = target;
        this.number = number;
    }

    /** The upward lane's thread: connects to the server first, then carries what the client sends. */
    @Override
    public void run() {
        while (inForce.behaviour().holdsNewLinks() && !closed) {
            awaitChange(inForce, Duration.ofDays(1));
        }
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(target, Math.toIntExact(CONNECT_LIMIT.toMillis()));
        } catch (IOException serverAway) {
            reset();
            return;
        }
        Lane up = new Lane(this, Direction.CLIENT_TO_SERVER, client, server, hub.passed(Direction.CLIENT_TO_SERVER));
        Lane down = new Lane(this, Direction.SERVER_TO_CLIENT, server, client, hub.passed(Direction.SERVER_TO_CLIENT));
        hub.start(number + "-down", down);
        up.run();
    }

    InForce inForce() {
        return inForce;
    }

    boolean isClosed() {
        return closed;
    }

    /** Applies a behaviour and wakes waiting lanes. */
    void obey(Behaviour behaviour) {
        lock.lock();
        try {
            inForce = new InForce(behaviour);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits at most this long for another behaviour than the one that the caller knows.
     *
     * @return whether there is another one, or the link is closed
     */
    boolean awaitChange(@Nullable InForce known, Duration atMost) {
        try {
            return await(known, atMost.toNanos());
        } catch (InterruptedException nobodyInterruptsTheseThreads) {
            close();
            return true;
        }
    }

    private boolean await(@Nullable InForce known, long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (inForce == known && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return inForce != known || closed;
        } finally {
            lock.unlock();
        }
    }

    void laneFinished() {
        lock.lock();
        try {
            openLanes--;
            if (openLanes > 0) {
                return;
            }
        } finally {
            lock.unlock();
        }
        close();
    }

    /** Ends the connection with a RST to both sides. */
    void reset() {
        lingerNot(client);
        lingerNot(server);
        close();
    }

    /** Ends the connection; does nothing the second time. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        closeQuietly(client);
        closeQuietly(server);
        hub.ended(this);
    }

    private static void lingerNot(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closedAlready) {
            // Then there is nothing left to reset.
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException goneAnyway) {
            // The socket is closed even where closing it fails.
        }
    }

    /** A behaviour since it was injected; two injections of the same one are two of these. */
    static final class InForce {
        private final Behaviour behaviour;

        InForce(Behaviour behaviour) {
            this.behaviour = behaviour;
        }

        Behaviour behaviour() {
            return behaviour;
        }
    }
}
