package dev.mooring.postgres.connect;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the driver's sockets. Public because the driver creates it by its class name. Works only inside a log-in of
 * {@link ConnectionSource}, which passes its plan in a thread-local: the driver connects on the calling thread.
 */
public final class SupervisedSocketFactory extends SocketFactory {
    private static final ThreadLocal<@Nullable SocketPlan> PLAN = new ThreadLocal<>();

    private final SocketPlan plan;

    /** For the driver. */
    public SupervisedSocketFactory() {
        SocketPlan given = PLAN.get();
        if (given == null) {
            throw new IllegalStateException("only a ConnectionSource can make " + SupervisedSocketFactory.class);
        }
        plan = given;
    }

    /** Work that runs while a plan is in force. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    static <T, E extends Exception> T with(SocketPlan plan, Work<T, E> work) throws E {
        PLAN.set(plan);
        try {
            return work.run();
        } finally {
            PLAN.remove();
        }
    }

    @Override
    public Socket createSocket() {
        return new TrackedSocket(plan);
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw unused();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw unused();
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("the driver connects its sockets itself");
    }
}
