package dev.mooring.spring.tomcat;

import dev.mooring.spring.connection.Connection;
import dev.mooring.spring.request.AnswerLimit;
import dev.mooring.spring.request.ClientConnection;
import dev.mooring.spring.request.IdleLimit;
import dev.mooring.spring.request.ReadLimit;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.coyote.Adapter;
import org.apache.coyote.ErrorState;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * A processor that limits the next reads and writes when its request asks for it, and marks what its connection does. Tomcat's own
 * limit begins again with each read, so that a client that sends a byte now and then could hold a thread without end. Tomcat sets its
 * limit of reads again before the next request of the connection, and this class that of writes.
 *
 * <p>The processor is a note of its request, where {@link RequestValve} and {@link UnreadBodyValve} find it.
 */
final class BoundedProcessor extends Http11Processor implements ReadLimit, IdleLimit, AnswerLimit, ClientConnection {
    /** The index of that note. A request has 32; Tomcat uses the first ones. */
    static final int NOTE = 29;

    /**
     * So many requests a client may send before it has the answer to the first of them. Tomcat serves all of them on one thread, one
     * after the other, so that a client that goes on sending would hold the thread.
     */
    private static final int MOST_AHEAD = 32;

    private final AbstractHttp11Protocol<?> limits;
    private final BoundedEndpoint endpoint;
    private final boolean management;

    /** The connection whose request this thread serves; null when it is closed. */
    private @Nullable Connection connection;
    /** How many requests in a row had arrived before the answer to the one before them. */
    private int ahead;

    BoundedProcessor(
            AbstractHttp11Protocol<?> protocol, Adapter adapter, BoundedEndpoint endpoint, boolean management) {
        super(protocol, adapter);
        this.limits = protocol;
        this.endpoint = endpoint;
        this.management = management;
        request.setNote(NOTE, this);
    }

    /** Whether its requests come over the management port. */
    boolean isForManagement() {
        return management;
    }

    /** Serves what has arrived, until the client has sent no further request. */
    @Override
    public SocketState service(SocketWrapperBase<?> socket) throws IOException {
        Connection served = endpoint.known(socket);
        connection = served;
        ahead = 0;
        SocketState state = super.service(socket);
        // Now, because after the return another thread may serve the connection.
        if (served != null) {
            mark(served, state);
        }
        return state;
    }

    private void mark(Connection served, SocketState state) {
        if (state == SocketState.OPEN) {
            served.rests();
        } else if (state == SocketState.LONG && !isAsync()) {
            served.headBegun();
        } else {
            served.servedByApplication();
        }
    }

    @Override
    public void within(Duration limit) {
        SocketWrapperBase<?> socket = socket();
        if (socket != null) {
            socket.setReadTimeout(millis(limit));
        }
    }

    @Override
    public void idle(Duration limit) {
        within(limit);
        lift();
        SocketWrapperBase<?> socket = socket();
        if (socket != null) {
            socket.setWriteTimeout(millis(limit));
        }
    }

    @Override
    public void writtenWithin(Duration limit) {
        Connection served = connection;
        if (served != null) {
            served.answerWithin(limit.toNanos());
        }
        SocketWrapperBase<?> socket = socket();
        if (socket != null) {
            socket.setWriteTimeout(millis(limit));
        }
    }

    @Override
    public void lift() {
        Connection served = connection;
        if (served != null) {
            served.answerWithin(Long.MAX_VALUE);
        }
    }

    private static long millis(Duration limit) {
        return Math.max(1, limit.toMillis());
    }

    @Override
    public void whenKnown(Consumer<Boolean> told) {
        Connection served = connection;
        if (served != null) {
            served.whenKnown(told);
        }
    }

    /**
     * A request has begun, so the connection works. Sets the limit of writes again, which Tomcat sets only once for each connection.
     *
     * @return whether the client may send no further request on this connection
     */
    boolean begun() {
        SocketWrapperBase<?> socket = socket();
        if (socket != null) {
            socket.setWriteTimeout(limits.getConnectionTimeout());
        }
        Connection served = connection;
        if (served != null) {
            served.begun();
        }
        ahead = isAhead() ? ahead + 1 : 0;
        return ahead > MOST_AHEAD;
    }

    /** Whether more has arrived than this request. A request that Tomcat refuses ends its connection, and its length may be no number. */
    private boolean isAhead() {
        ByteBuffer more = getErrorState() == ErrorState.NONE ? getLeftoverInput() : null;
        return more != null && more.remaining() > Math.max(0, request.getContentLengthLong());
    }

    /** Tomcat calls this when it cannot read the next request, too. */
    @Override
    protected void setErrorState(ErrorState state, @Nullable Throwable cause) {
        super.setErrorState(state, cause);
        Connection served = connection;
        if (served == null || (state != ErrorState.CLOSE_NOW && state != ErrorState.CLOSE_CONNECTION_NOW)) {
            return;
        }
        if (state == ErrorState.CLOSE_CONNECTION_NOW) {
            served.closed(cause == null || cause instanceof EOFException);
        }
        if (cause != null && (isTimeOut(cause) || isTimeOut(cause.getCause()))) {
            served.discard();
        }
    }

    private static boolean isTimeOut(@Nullable Throwable cause) {
        return cause instanceof SocketTimeoutException;
    }

    /** Whether a part of the body is still unread. */
    boolean awaitsBody() {
        return !isRequestBodyFullyRead();
    }

    /** Whether the client was not asked for the body, so that it may never send it. */
    boolean mayNeverSendBody() {
        return request.hasExpectation() && request.getBytesRead() == 0;
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
