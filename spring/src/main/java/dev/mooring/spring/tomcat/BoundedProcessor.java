package dev.mooring.spring.tomcat;

import dev.mooring.spring.request.ClientConnection;
import dev.mooring.spring.request.IdleLimit;
import dev.mooring.spring.request.ReadLimit;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.coyote.Adapter;
import org.apache.coyote.ErrorState;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * A processor that limits the next reads when its request asks for it. Tomcat's own limit begins again with each read, so that
 * a client that sends a byte now and then could hold a thread without end. Tomcat sets its own limits again before the next
 * request of the connection.
 *
 * <p>The processor is a note of its request, where {@link ReadLimitValve} and {@link UnreadBodyValve} find it.
 */
final class BoundedProcessor extends Http11Processor implements ReadLimit, IdleLimit, ClientConnection {
    /** The index of that note. A request has 32; Tomcat uses the first ones. */
    static final int NOTE = 29;

    private final AbstractHttp11Protocol<?> limits;
    private final WatchedConnections connections;

    BoundedProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter, WatchedConnections connections) {
        super(protocol, adapter);
        this.limits = protocol;
        this.connections = connections;
        request.setNote(NOTE, this);
    }

    @Override
    public void within(Duration limit) {
        SocketWrapperBase<?> socket = socket();
        if (socket != null) {
            socket.setReadTimeout(Math.max(1, limit.toMillis()));
        }
    }

    @Override
    public void idle(Duration limit) {
        within(limit);
        SocketWrapperBase<?> socket = socket();
        if (socket != null) {
            socket.setWriteTimeout(Math.max(1, limit.toMillis()));
        }
    }

    /** Sets the limit of writes again, which Tomcat sets only once for each connection. */
    void endIdleLimit() {
        SocketWrapperBase<?> socket = socket();
        if (socket != null) {
            socket.setWriteTimeout(limits.getConnectionTimeout());
        }
    }

    @Override
    public void whenKnown(Consumer<Boolean> told) {
        SocketWrapperBase<?> socket = socket();
        if (socket != null) {
            connections.watch(socket, told);
        }
    }

    /** A request has begun, so the connection works. */
    void begun() {
        SocketWrapperBase<?> socket = socket();
        if (socket != null) {
            connections.isAlive(socket);
        }
    }

    /** Tomcat calls this when it cannot read the next request, too. */
    @Override
    protected void setErrorState(ErrorState state, @Nullable Throwable cause) {
        super.setErrorState(state, cause);
        SocketWrapperBase<?> socket = socket();
        if (socket != null && state == ErrorState.CLOSE_CONNECTION_NOW) {
            connections.ended(socket, cause);
        }
    }

    /**
     * Whether a part of the body is still unread. By now Tomcat has sent {@code 100 Continue} to a client that waits for it.
     */
    boolean awaitsBody() {
        return !isRequestBodyFullyRead();
    }

    /**
     * Reads the rest of the body and discards it. If that takes longer than {@code patience}, the connection closes after this
     * request.
     */
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

    /** Holds only the buffer that Tomcat read last. */
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
            // Nothing is stored, so there is never too little room.
        }
    }
}
