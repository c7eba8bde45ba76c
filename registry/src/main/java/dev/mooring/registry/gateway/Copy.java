package dev.mooring.registry.gateway;

import dev.mooring.http.HttpCallException;
import dev.mooring.http.StreamedReply;
import dev.mooring.spring.problem.ProblemException;
import dev.mooring.time.Deadline;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.coyote.CloseNowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies the body of an answer to the client while it arrives. */
final class Copy {
    private static final Logger LOG = LoggerFactory.getLogger(Copy.class);
    private static final int PART = 64 * 1024;
    /** As much as the container keeps back, so that no part of an answer waits for the next one because of it. */
    private static final int BEGINNING = 8 * 1024;

    private Copy() {}

    /**
     * The beginning of the body, or all of it; of a redirect nothing. Read it before the head of the client's answer is set: when MLflow's
     * breaks off here, the client can still get a refusal that says so.
     *
     * @throws ProblemException the time of the call is over
     */
    static byte[] beginning(StreamedReply reply) throws IOException {
        byte[] bytes = new byte[Meaning.isRedirect(reply.status()) ? 0 : BEGINNING];
        int size = 0;
        while (size < bytes.length) {
            int count = reply.body().read(bytes, size, bytes.length - size);
            if (count < 0) {
                break;
            }
            size += count;
            if (isOver()) {
                throw new ProblemException(Away.late());
            }
        }
        return Arrays.copyOf(bytes, size);
    }

    private static boolean isOver() {
        return Deadline.current().filter(end -> end.left().isZero()).isPresent();
    }

    /**
     * Copies what is left of the body; of a redirect nothing, because it names MLflow's address. The head must be set. An answer that breaks in the middle must not look whole to the client, so its
     * connection closes.
     */
    static void rest(Incoming incoming, StreamedReply reply, HttpServletResponse response) throws IOException {
        // From here on a break closes the connection; before anything goes out, the container would answer 500 in its
        // place.
        response.flushBuffer();
        if (Meaning.isRedirect(reply.status())) {
            return;
        }
        InputStream in = reply.body();
        OutputStream out = response.getOutputStream();
        byte[] part = new byte[PART];
        for (int count = read(incoming, in, part); count >= 0; count = read(incoming, in, part)) {
            out.write(part, 0, count);
            if (isOver()) {
                throw broken(incoming, "the time of the call is over");
            }
        }
        response.flushBuffer();
    }

    /** The same with a beginning that was read before. */
    static void all(Incoming incoming, WholeAnswer answer, StreamedReply reply, HttpServletResponse response)
            throws IOException {
        if (!Meaning.isRedirect(reply.status())) {
            response.getOutputStream().write(answer.beginning());
        }
        if (answer.isWhole()) {
            response.flushBuffer();
        } else {
            rest(incoming, reply, response);
        }
    }

    private static int read(Incoming incoming, InputStream in, byte[] part) throws IOException {
        try {
            return in.read(part);
        } catch (HttpCallException ended) {
            throw broken(incoming, String.valueOf(ended.getMessage()));
        }
    }

    private static CloseNowException broken(Incoming incoming, String reason) {
        LOG.warn("the answer to {} broke off, and so does the client's: {}", incoming, reason);
        return new CloseNowException("the answer broke off");
    }
}
