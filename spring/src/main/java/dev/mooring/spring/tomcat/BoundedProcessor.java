package dev.mooring.spring.tomcat;

import dev.mooring.spring.request.ReadLimit;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.coyote.Adapter;
import org.apache.coyote.ErrorState;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
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

    /** Whether the request announced more than was read; who waits to be told to send it has been told. */
    boolean awaitsBody() {
        return !isRequestBodyFullyRead();
    }

    /** Reads what is left of the body and forgets it; the connection ends after this request if that takes longer than {@code patience}. */
    void takeBody(Duration patience) {
        long begun = System.nanoTime();
        Forgotten forgotten = new Forgotten();
        try {
            while (awaitsBody()) {
                Duration left = patience.minusNanos(System.nanoTime() - begun);
                if (left.isNegative()) {
                    throw new SocketTimeoutException("the body did not come within " + patience);
                }
                within(left);
                request.doRead(forgotten);
            }
        } catch (IOException notThere) {
            setErrorState(ErrorState.CLOSE_CLEAN, notThere);
        }
    }

    private @Nullable SocketWrapperBase<?> socket() {
        return getSocketWrapper();
    }

    /** What Tomcat read last. */
    private static final class Forgotten implements ApplicationBufferHandler {
        private ByteBuffer last = EMPTY_BUFFER;

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            last = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return last;
        }

        @Override
        public void expand(int size) {
            // Nothing is kept.
        }
    }
}
