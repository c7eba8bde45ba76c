package dev.mooring.http;

import dev.mooring.Ticket;
import dev.mooring.failure.Failure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Optional;

/**
 * A reply whose body the caller reads as it arrives. It holds its connection, and its place in the backend's bulkhead, until it is closed. Not
 * thread-safe.
 *
 * <pre>{@code
 * try (StreamedReply reply = backend.stream(call)) {
 *     reply.body().transferTo(out);
 * }
 * }</pre>
 */
public final class StreamedReply implements AutoCloseable {
    private final Streaming.Head response;
    private final Ticket ticket;
    private final Ending ending;
    private final InputStream body;

    StreamedReply(Streaming.Head response, Ticket ticket, Ending ending, Instant at) {
        this.response = response;
        this.ticket = ticket;
        this.ending = ending;
        this.body = new Reported(response.body());
        if (BackendFault.isFault(response.status())) {
            Failure fault = BackendFault.failure(response.status(), at);
            ticket.failed(fault);
        }
    }

    /** The status code. */
    public int status() {
        return response.status();
    }

    /** All headers. */
    public HttpHeaders headers() {
        return response.headers();
    }

    /** The first header with this name, in any case of its letters. */
    public Optional<String> header(String name) {
        return headers().firstValue(name);
    }

    /**
     * The body. A read waits for a byte up to the backend's {@code idle} limit; it throws an {@link OutcomeUnknownException} when none comes,
     * or when the connection breaks before the end.
     */
    public InputStream body() {
        return body;
    }

    /** Gives connection and place back. A body that was not read to its end closes the connection. */
    @Override
    public void close() {
        if (response.body().isComplete()) {
            ticket.succeeded();
        }
        response.body().close();
        ticket.close();
    }

    /** Reports to the ticket how the body ended. */
    private final class Reported extends FilterInputStream {
        Reported(BodyStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                int count = super.read(target, offset, length);
                if (count < 0) {
                    ticket.succeeded();
                }
                return count;
            } catch (IOException broken) {
                OutcomeUnknownException ended = ending.unknown(broken);
                ticket.failed(ended);
                throw ended;
            }
        }
    }
}
