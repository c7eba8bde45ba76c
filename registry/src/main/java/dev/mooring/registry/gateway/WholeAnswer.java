package dev.mooring.registry.gateway;

import dev.mooring.http.HttpCallException;
import dev.mooring.http.HttpReply;
import dev.mooring.http.StreamedReply;
import dev.mooring.spring.request.RequestMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * The beginning of the body of an answer on the registry.
 *
 * @param beginning what was read
 * @param isWhole whether that is all
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record WholeAnswer(byte[] beginning, boolean isWhole) {
    /** A list of 10,000 versions is smaller. */
    static final int MOST = 8 * 1024 * 1024;

    private static final int PART = 16 * 1024;

    /** A byte is in memory as it is collected, which doubles the space when it is full, and as an array. */
    private static final int COPIES = 4;

    /** Reads a body to its end, or until it is larger than an observer gets it, or than the requests in flight leave memory for. */
    static WholeAnswer read(StreamedReply reply) throws HttpCallException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] part = new byte[PART];
        try {
            for (int count = reply.body().read(part);
                    count >= 0;
                    count = reply.body().read(part)) {
                bytes.write(part, 0, count);
                if (bytes.size() > MOST || !RequestMemory.tryTake((long) COPIES * count)) {
                    return new WholeAnswer(bytes.toByteArray(), false);
                }
            }
            return new WholeAnswer(bytes.toByteArray(), true);
        } catch (HttpCallException ended) {
            throw ended;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    HttpReply with(StreamedReply head) {
        return new HttpReply(head.status(), head.headers(), beginning);
    }
}
