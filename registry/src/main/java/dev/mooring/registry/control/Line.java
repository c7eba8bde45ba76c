package dev.mooring.registry.control;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of one session, so that another thread can free the one that waits in them. Thread-safe. */
final class Line {
    private static final Logger LOG = LoggerFactory.getLogger(Line.class);

    /** The last socket that was made; those before it are closed by whoever tried them. Written by the control thread. */
    private volatile @Nullable Socket socket;

    /** Set once, by whoever cuts; a socket that is made later is closed at once. */
    private volatile boolean cut;

    void carriedBy(Socket made) {
        socket = made;
        if (cut) {
            close(made);
        }
    }

    void cut() {
        cut = true;
        Socket present = socket;
        if (present != null) {
            close(present);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing the control connection's socket", e);
        }
    }
}
