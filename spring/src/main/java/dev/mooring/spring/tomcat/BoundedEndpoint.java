package dev.mooring.spring.tomcat;

import dev.mooring.spring.connection.ClientAddress;
import dev.mooring.spring.connection.Connection;
import dev.mooring.spring.connection.ConnectionLimits;
import dev.mooring.spring.connection.Connections;
import dev.mooring.thread.BackgroundLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that knows its connections, so that {@link Connections} can end them, and that ignores the timeout of a socket while a
 * request thread works on it.
 *
 * <p>Once a second Tomcat looks for sockets whose timeout is over and starts a thread for each. If a request on the socket
 * waits for its body, the new thread can only wait until the request's thread is done, although the read of that thread has a
 * timeout of its own. Many slow bodies would so take all the threads that are kept free for health.
 */
final class BoundedEndpoint extends NioEndpoint {
    /** What the rules know. Replaced before Tomcat's threads start. */
    private Connections<SocketChannel> known = new Connections<>(ConnectionLimits.NONE);

    /** Set before Tomcat's threads start, and again when the endpoint starts again. */
    private @Nullable BackgroundLoop sweeper;

    /** Limits the connections; called before the endpoint starts. */
    void limit(ConnectionLimits limits) {
        known = new Connections<>(limits);
    }

    @Override
    public void startInternal() throws Exception {
        BackgroundLoop loop = BackgroundLoop.of("mooring-connections", () -> known.sweep(System.nanoTime()));
        sweeper = loop;
        super.startInternal();
        loop.start();
    }

    @Override
    public void stopInternal() {
        BackgroundLoop loop = sweeper;
        if (loop != null) {
            loop.close();
        }
        super.stopInternal();
    }

    @Override
    protected boolean setSocketOptions(SocketChannel channel) {
        // First, because Tomcat's method hands the connection to other threads.
        if (!known.open(
                channel, new TomcatSocket(channel, this), ClientAddress.of(remote(channel)), System.nanoTime())) {
            destroySocket(channel);
            return true;
        }
        boolean taken = super.setSocketOptions(channel);
        if (!taken) {
            known.closed(channel);
        }
        BackgroundLoop loop = sweeper;
        if (loop != null && known.isCrowded()) {
            loop.wake();
        }
        return taken;
    }

    private static @Nullable SocketAddress remote(SocketChannel channel) {
        try {
            return channel.getRemoteAddress();
        } catch (IOException closed) {
            return null;
        }
    }

    /** A connection is closed. */
    void forget(SocketChannel channel) {
        known.closed(channel);
    }

    /** What the rules know of a connection; null if it is closed. */
    @Nullable
    Connection known(SocketWrapperBase<?> socket) {
        SocketChannel channel = socket.getSocket() instanceof NioChannel open ? open.getIOChannel() : null;
        return channel == null ? null : known.of(channel);
    }

    /** Tomcat's own view of a connection; null if it is closed. */
    @Nullable
    NioSocketWrapper wrapper(SocketChannel channel) {
        return connections.get(channel) instanceof NioSocketWrapper wrapper ? wrapper : null;
    }

    @Override
    public boolean processSocket(SocketWrapperBase<NioChannel> socket, SocketEvent event, boolean dispatch) {
        boolean isServed = event == SocketEvent.ERROR && socket.getLock().isLocked();
        return isServed || super.processSocket(socket, event, dispatch);
    }
}
