package dev.mooring.spring.tomcat;

import dev.mooring.spring.request.ReadLimit;
import java.time.Duration;
import org.apache.coyote.Adapter;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's processor, of which the request that it serves knows. Tomcat's own limit is for each read; a client that sends a byte now
 * and then could hold a thread for as long as it likes. Tomcat sets its limits again before the next request of the connection.
 */
final class BoundedProcessor extends Http11Processor implements ReadLimit {
    /** One of the places that Tomcat keeps free for others; 32 there are, and Tomcat uses the first. */
    static final int NOTE = 29;

    BoundedProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
        super(protocol, adapter);
        request.setNote(NOTE, this);
    }

    @Override
    public void within(Duration limit) {
        SocketWrapperBase<?> socket = socket();
        if (socket != null) {
            socket.setReadTimeout(Math.max(1, limit.toMillis()));
        }
    }

    private @Nullable SocketWrapperBase<?> socket() {
        return getSocketWrapper();
    }
}
