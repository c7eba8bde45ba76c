package dev.mooring.spring.tomcat;

import dev.mooring.spring.request.RequestThreads;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Sends an answer before the body is there that nobody read, and bounds what Tomcat would do then: wait for the rest of it, for as
 * long as the client likes, on a thread that no limit of requests counts. So clients that were refused, with 503, 401 or 404, could
 * take the threads that are kept free for health. The rest is still taken, because many clients read the answer only when they have
 * sent all; but a few threads at most wait for it, and a connection whose body does not come ends.
 */
final class UnreadBodyValve extends ValveBase {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** What has arrived already is read within this. */
    private static final Duration NO_PATIENCE = Duration.ofMillis(1);

    private final Semaphore waiting;

    /** At most the spare ones of {@code threads} wait at a time. */
    UnreadBodyValve(RequestThreads threads) {
        super(true);
        this.waiting = new Semaphore(threads.spare());
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (!request.isAsync()
                && request.getCoyoteRequest().getNote(BoundedProcessor.NOTE) instanceof BoundedProcessor processor
                && processor.awaitsBody()) {
            response.finishResponse();
            take(processor);
        }
    }

    private void take(BoundedProcessor processor) {
        if (!waiting.tryAcquire()) {
            processor.takeBody(NO_PATIENCE);
            return;
        }
        try {
            processor.takeBody(PATIENCE);
        } finally {
            waiting.release();
        }
    }
}
