package dev.mooring.postgres.control;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of one session. Another thread cuts them to free the control thread, which waits for their data. Thread-safe. */
final class Line {
    private static final Logger LOG = LoggerFactory.getLogger(Line.class);

    /** The newest socket; the log-in closes earlier ones itself. The control thread writes it. */
    private volatile @Nullable Socket socket;

    /** Set once, by {@link #cut}; from then on the line closes every new socket at once. */
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
