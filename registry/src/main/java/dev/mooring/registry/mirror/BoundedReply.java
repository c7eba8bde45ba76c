package dev.mooring.registry.mirror;

import dev.mooring.http.HttpBackend;
import dev.mooring.http.HttpCall;
import dev.mooring.http.HttpCallException;
import dev.mooring.http.HttpReply;
import dev.mooring.http.StreamedReply;
import dev.mooring.registry.backend.MlflowReply;
import dev.mooring.spring.body.JsonSize;
import dev.mooring.spring.request.RequestMemory;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads replies whose size depends on what callers keep in MLflow. One that is too large is left unread, which says nothing against MLflow: the
 * caller can ask for less. Each reply takes its memory from that of the request, if the thread serves one.
 */
final class BoundedReply {
    /** A page of 1,000 ordinary models or versions is smaller. */
    static final int USUAL = 4 * 1024 * 1024;
    /** For what cannot be asked for in smaller parts. */
    static final int LARGEST = 16 * 1024 * 1024;

    private static final int PART = 64 * 1024;
    /** A byte is in memory as it is collected, as an array, and as a text. */
    private static final int COPIES = 4;

    private BoundedReply() {}

    /**
     * Makes a call and reads its reply.
     *
     * @param limit the time for the whole of it
     * @return empty if the body is larger than {@code most}
     * @throws AwayException the time is over
     */
    static Optional<MlflowReply> read(HttpBackend mlflow, HttpCall call, Duration limit, int most)
            throws HttpCallException, AwayException {
        Duration left = Deadline.cut(limit);
        try (Deadline.Scope scope = Deadline.in(left, Time.system()).open();
                StreamedReply reply = mlflow.stream(call)) {
            return whole(reply, most);
        }
    }

    private static Optional<MlflowReply> whole(StreamedReply reply, int most) throws HttpCallException, AwayException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] part = new byte[PART];
        try {
            for (int count = reply.body().read(part);
                    count >= 0;
                    count = reply.body().read(part)) {
                if (body.size() + count > most) {
                    return Optional.empty();
                }
                RequestMemory.take((long) COPIES * count);
                body.write(part, 0, count);
                if (Deadline.current().filter(end -> end.left().isZero()).isPresent()) {
                    throw new AwayException("MLflow's answer did not come in time");
                }
            }
        } catch (HttpCallException ended) {
            throw ended;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        byte[] bytes = body.toByteArray();
        JsonSize.takeMemory(Math.min(MlflowReply.MOST_PARTS, JsonSize.parts(bytes)));
        return Optional.of(MlflowReply.of(new HttpReply(reply.status(), reply.headers(), bytes)));
    }
}
