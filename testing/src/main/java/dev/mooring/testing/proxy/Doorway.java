package dev.mooring.testing.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The listening socket of the proxy, and the thread that accepts connections from it.
 *
 * <p>To clog the door, the doorway waits until that thread rests and then fills the queue of the listener with connections of
 * its own. {@link FaultProxy} makes sure that only one thread at a time sets the door.
 */
final class Doorway implements Runnable {
    private final InetSocketAddress address;
    private final Consumer<Socket> guests;
    private final QueueFiller filler;

    /** Guards all mutable fields, and wakes the accepting thread after a change. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private @Nullable ServerSocket listener;
    private Door door = Door.OPEN;
    private boolean resting;
    private boolean ended;

    Doorway(InetSocketAddress address, Consumer<Socket> guests) {
        this.address = address;
        this.guests = guests;
        this.filler = new QueueFiller(address);
        listener = listen();
    }

    void set(Door wanted) {
        lock.lock();
        try {
            if (ended) {
                throw new IllegalStateException(
                        "the proxy on " + address + " is closed; no fault can be injected any more");
            }
            door = wanted;
            if (wanted == Door.CLOSED) {
                stopListening();
            } else if (listener == null) {
                listener = listen();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        switch (wanted) {
            case CLOGGED -> filler.fill(this::awaitRest);
            case OPEN -> filler.clear();
            case CLOSED -> {
                // While the accepting thread is still inside accept(), Linux keeps the closed listener alive.
                awaitRest();
                filler.forget();
            }
        }
    }

    /** The accepting thread. */
    @Override
    public void run() {
        for (ServerSocket open = awaitOpen(); open != null; open = awaitOpen()) {
            try {
                Socket guest = open.accept();
                if (filler.isOwn(guest)) {
                    guest.close();
                } else {
                    guests.accept(guest);
                }
            } catch (IOException doorMovedOrGuestLeft) {
                // The next turn sees what the door is now.
            }
        }
    }

    void close() {
        lock.lock();
        try {
            ended = true;
            stopListening();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        filler.forget();
    }

    private @Nullable ServerSocket awaitOpen() {
        lock.lock();
        try {
            while (!ended && door != Door.OPEN) {
                resting = true;
                changed.signalAll();
                changed.awaitUninterruptibly();
            }
            resting = false;
            return ended ? null : listener;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the accepting thread rests and takes no more connections. */
    private void awaitRest() {
        lock.lock();
        try {
            while (!resting && !ended) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private ServerSocket listen() {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(address, QueueFiller.QUEUE_LENGTH);
            return socket;
        } catch (IOException taken) {
            throw new UncheckedIOException("the proxy cannot listen on " + address + "; is the port taken?", taken);
        }
    }

    private void stopListening() {
        ServerSocket old = listener;
        listener = null;
        if (old != null) {
            try {
                old.close();
            } catch (IOException goneAnyway) {
                // The proxy takes no more connections from it, which is what matters.
            }
        }
    }
}
