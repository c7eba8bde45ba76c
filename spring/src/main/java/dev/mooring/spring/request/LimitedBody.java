package dev.mooring.spring.request;

import dev.mooring.spring.environment.ByteSize;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import dev.mooring.time.Deadline;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that throws a {@link ProblemException} from a read of its body when the body is too large, arrives too slowly, or finds no room in the
 * memory of requests.
 * Used only by the thread of the request.
 */
final class LimitedBody extends HttpServletRequestWrapper {
    /** A body that is read whole is in memory as it grows, as an array, as texts, and in the form in which it goes to a database. */
    private static final long MEMORY_OF_A_BYTE = 8;

    private final ByteSize most;
    private final Optional<Deadline> deadline;
    private @Nullable ServletInputStream stream;
    private @Nullable BufferedReader reader;

    LimitedBody(HttpServletRequest request, ByteSize most, Optional<Deadline> deadline) {
        super(request);
        this.most = most;
        this.deadline = deadline;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (stream == null) {
            stream = new Counted(super.getInputStream());
        }
        return stream;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        if (reader == null) {
            String named = getCharacterEncoding();
            Charset charset = named == null ? StandardCharsets.UTF_8 : Charset.forName(named);
            reader = new BufferedReader(new InputStreamReader(getInputStream(), charset));
        }
        return reader;
    }

    /**
     * Limits the next read to what is left of the deadline. On a server without a {@link ReadLimit} only the server's own limit
     * for one read applies.
     */
    private void bound(Deadline end) {
        Duration left = end.left();
        if (left.isZero()) {
            throw tooSlow();
        }
        if (getAttribute(ReadLimit.ATTRIBUTE) instanceof ReadLimit limit) {
            limit.within(left);
        }
    }

    static Problem tooLarge(ByteSize most) {
        return Problem.of(
                413, "content_too_large", "The body is larger than " + most + ", which is the most accepted.");
    }

    private static ProblemException tooSlow() {
        return new ProblemException(
                Problem.of(408, "request_timeout", "The body did not arrive in the time that a request has."));
    }

    private final class Counted extends ServletInputStream {
        private final ServletInputStream body;
        private long read;

        Counted(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) == -1 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            deadline.ifPresent(LimitedBody.this::bound);
            try {
                int count = body.read(into, offset, length);
                read += Math.max(0, count);
                if (read > most.bytes()) {
                    throw new ProblemException(tooLarge(most));
                }
                RequestMemory.take(MEMORY_OF_A_BYTE * Math.max(0, count));
                return count;
            } catch (IOException broken) {
                // Tomcat wraps the exception and has already set the status 408.
                if (broken.getCause() instanceof SocketTimeoutException) {
                    throw tooSlow();
                }
                throw broken;
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
