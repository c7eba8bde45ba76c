package dev.mooring.registry.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Connections to the service that one attacker holds open and never reads. Used by one thread. */
final class Held implements AutoCloseable {
    private final InetSocketAddress service;
    private final Deque<SocketChannel> connections = new ArrayDeque<>();

    Held(int port) {
        this.service = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Opens one more connection, whose client takes only so many bytes before it reads. Closes the oldest if there are {@code most}. */
    SocketChannel open(int most, int window) throws IOException {
        SocketChannel connection = SocketChannel.open();
        connection.setOption(StandardSocketOptions.SO_RCVBUF, window);
        connection.connect(service);
        connection.configureBlocking(false);
        connections.addLast(connection);
        if (connections.size() > most) {
            connections.removeFirst().close();
        }
        return connection;
    }

    /**
     * Sends a text on the connection that was used longest ago, as much of it as the service takes now. Opens connections until there are
     * {@code most}, and another one in the place of one that the service closed.
     */
    void send(int most, int window, String text) throws IOException {
        SocketChannel connection = next(most, window);
        try {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            int written = connection.write(bytes);
            assert written >= 0 : "a write never ends a stream";
        } catch (IOException closed) {
            connections.remove(connection);
            connection.close();
            throw closed;
        }
    }

    private SocketChannel next(int most, int window) throws IOException {
        SocketChannel oldest = connections.size() < most ? null : connections.pollFirst();
        if (oldest == null) {
            return open(most, window);
        }
        connections.addLast(oldest);
        return oldest;
    }

    @Override
    public void close() {
        for (SocketChannel connection : connections) {
            try {
                connection.close();
            } catch (IOException closedAlready) {
                // Nothing is left to do.
            }
        }
        connections.clear();
    }
}
