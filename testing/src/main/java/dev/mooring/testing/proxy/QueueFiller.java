package dev.mooring.testing.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Fills the queue of a listener with connections of its own, the fillers, until Linux drops the SYN packets of further clients.
 * The accepting thread recognizes a filler by its local port.
 */
final class QueueFiller {
    /** How many connections wait in the listener's queue; enough for a burst of clients in normal operation. */
    static final int QUEUE_LENGTH = 128;

    private static final Duration NO_ANSWER = Duration.ofMillis(100);
    private static final Duration CLEAR_LIMIT = Duration.ofSeconds(5);

    private final InetSocketAddress listener;
    /** Only the controlling thread uses it. */
    private final List<Socket> fillers = new ArrayList<>();
    /** Local ports of fillers that are in the queue. Shared with the accepting thread, guarded by the lock of this object. */
    private final Set<Integer> ownPorts = new HashSet<>();

    QueueFiller(InetSocketAddress listener) {
        this.listener = listener;
    }

    /**
     * Fills the queue.
     *
     * @param awaitRest returns when the accepting thread rests; the first filler wakes that thread if it waits for a client
     */
    void fill(Runnable awaitRest) {
        boolean full = !connectOne();
        awaitRest.run();
        while (!full) {
            full = !connectOne();
            if (fillers.size() > 2 * QUEUE_LENGTH) {
                closeAll();
                throw new IllegalStateException(
                        "the listener's queue of " + QUEUE_LENGTH + " took " + 2 * QUEUE_LENGTH
                                + " connections and is not full; this system does not drop SYN packets, use Fault.silence() instead");
            }
        }
    }

    /** Whether a connection is a filler. The accepting thread asks for each connection that it takes from the queue. */
    synchronized boolean isOwn(Socket accepted) {
        boolean own = ownPorts.remove(accepted.getPort());
        if (own && ownPorts.isEmpty()) {
            notifyAll();
        }
        return own;
    }

    /**
     * Empties the queue of a listener that accepts again. Returns when the accepting thread has taken out all fillers: until
     * then a client would find the queue full, and try again only a second later.
     */
    void clear() {
        closeAll();
        if (!awaitNoneQueued()) {
            throw new IllegalStateException("the listener " + listener + " did not empty its queue in " + CLEAR_LIMIT);
        }
    }

    /** Closes all fillers of a listener that is closed. */
    synchronized void forget() {
        closeAll();
        ownPorts.clear();
    }

    private synchronized boolean awaitNoneQueued() {
        long deadline = System.nanoTime() + CLEAR_LIMIT.toNanos();
        try {
            while (!ownPorts.isEmpty() && deadline - System.nanoTime() > 0) {
                wait(100);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return ownPorts.isEmpty();
    }

    private void closeAll() {
        fillers.forEach(QueueFiller::closeQuietly);
        fillers.clear();
    }

    private synchronized void remember(Socket filler) {
        ownPorts.add(filler.getLocalPort());
    }

    private synchronized void forget(Socket filler) {
        ownPorts.remove(filler.getLocalPort());
    }

    /** Whether one more connection found a place. */
    private boolean connectOne() {
        Socket filler = new Socket();
        try {
            filler.bind(new InetSocketAddress(listener.getAddress(), 0));
            remember(filler);
            filler.connect(listener, Math.toIntExact(NO_ANSWER.toMillis()));
            fillers.add(filler);
            return true;
        } catch (SocketTimeoutException queueIsFull) {
            forget(filler);
            closeQuietly(filler);
            return false;
        } catch (IOException refused) {
            closeQuietly(filler);
            throw new IllegalStateException("the proxy's own listener " + listener + " refused a connection", refused);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException goneAnyway) {
            // It only had to take up a place in the queue.
        }
    }
}
