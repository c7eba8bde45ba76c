package dev.mooring.postgres.connect;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open sockets. To close one frees a thread that hangs in it; nothing else ends a read from a frozen server. Thread-safe. */
final class Sockets {
    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);

    private final Map<Socket, Purpose> open = new ConcurrentHashMap<>();
    /** Set once; a socket that is added later is closed at once. */
    private volatile boolean closed;

    void add(Purpose purpose, Socket socket) {
        open.put(socket, purpose);
        if (closed) {
            close(socket);
        }
    }

    void remove(Socket socket) {
        open.remove(socket);
    }

    /** Closes the sockets of one purpose. */
    void close(Purpose purpose) {
        open.forEach((socket, its) -> {
            if (its == purpose) {
                close(socket);
            }
        });
    }

    void closeAll() {
        closed = true;
        open.keySet().forEach(Sockets::close);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a socket", e);
        }
    }
}
