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
 * Limits how long Tomcat waits for a body that the application did not read.
 *
 * <p>At the end of a request Tomcat reads the rest of its body. It waits as long as the client takes, on a thread that no limit
 * of requests counts. Clients whose requests were answered early, with 503, 401 or 404, could so take all the threads that are
 * kept free for health.
 *
 * <p>This valve sends the response first. Then it still reads the rest, because many clients read the response only after they
 * have sent everything. But at most a few threads wait for it at a time, and the connection closes if the body does not arrive. A client
 * that waits for {@code 100 Continue} may never send its body, so that its connection closes at once if the body is not here.
 */
final class UnreadBodyValve extends ValveBase {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** Enough to read what has arrived already. */
    private static final Duration NO_PATIENCE = Duration.ofMillis(1);

    private final Semaphore ofService;
    private final Semaphore ofManagement = new Semaphore(RequestThreads.OF_MANAGEMENT.spare());

    /** Creates the valve. At most {@code most} threads of the service wait at a time. */
    UnreadBodyValve(int most) {
        super(true);
        this.ofService = new Semaphore(most);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (!request.isAsync()
                && request.getCoyoteRequest().getNote(BoundedProcessor.NOTE) instanceof BoundedProcessor processor
                && processor.awaitsBody()) {
            if (processor.mayNeverSendBody() && !response.isCommitted()) {
                response.setHeader("Connection", "close");
            }
            response.finishResponse();
            take(processor);
        }
    }

    private void take(BoundedProcessor processor) {
        Semaphore waiting = processor.isForManagement() ? ofManagement : ofService;
        if (processor.mayNeverSendBody() || !waiting.tryAcquire()) {
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
