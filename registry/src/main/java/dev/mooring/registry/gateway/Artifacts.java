package dev.mooring.registry.gateway;

import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.http.HttpBackend;
import dev.mooring.http.HttpCall;
import dev.mooring.http.HttpCallException;
import dev.mooring.http.StreamedReply;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import dev.mooring.spring.request.IdleLimit;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.CloseNowException;

/**
 * Passes on calls whose bodies may have any size, both ways, in constant memory. They take as long as bytes move, so they may hold at most half
 * of the connections to MLflow. Thread-safe.
 */
final class Artifacts {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpBackend mlflow;
    private final Outgoing outgoing;
    private final int most;
    private final Semaphore places;

    Artifacts(HttpBackend mlflow, Outgoing outgoing) {
        this.mlflow = mlflow;
        this.outgoing = outgoing;
        this.most = Math.max(1, mlflow.settings().connections() / 2);
        this.places = new Semaphore(most, true);
    }

    void forward(Incoming incoming, HttpServletResponse response) throws IOException {
        takePlace();
        try {
            stream(incoming, response);
        } finally {
            places.release();
        }
    }

    private void takePlace() {
        boolean free = places.tryAcquire();
        try {
            // As many may wait as stream, so that clients which wait cannot hold all threads.
            free = free
                    || (places.getQueueLength() < most
                            && places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        if (!free) {
            throw new ProblemException(
                    Problem.saturated("All " + most + " places for artifacts are taken; try again soon."));
        }
    }

    private void stream(Incoming incoming, HttpServletResponse response) throws IOException {
        if (incoming.request().getAttribute(IdleLimit.ATTRIBUTE) instanceof IdleLimit client) {
            client.idle(mlflow.settings().limits().idle());
        }
        try (StreamedReply reply = open(incoming)) {
            outgoing.all(incoming, reply, response);
        }
    }

    private StreamedReply open(Incoming incoming) throws IOException {
        HttpCall call = incoming.outgoing();
        try {
            if (incoming.hasBody()) {
                long length = incoming.request().getContentLengthLong();
                return mlflow.stream(call, incoming.request().getInputStream(), length);
            }
            return open(incoming.isRead() ? call.repeatable() : call);
        } catch (DependencyUnavailableException refused) {
            throw new ProblemException(Away.of(refused));
        } catch (HttpCallException ended) {
            throw new ProblemException(Away.of(ended));
        } catch (IOException ofClient) {
            if (ofClient instanceof SocketTimeoutException || ofClient.getCause() instanceof SocketTimeoutException) {
                throw new ProblemException(
                        Problem.of(408, "request_timeout", "No byte of the body arrived for too long."));
            }
            throw new CloseNowException("the client's body broke off", ofClient);
        }
    }

    /** All attempts together have the time of a call until the head of the answer is here; then only an idle limit holds. */
    private StreamedReply open(HttpCall call) throws HttpCallException {
        try (Deadline.Scope scope = Deadline.in(mlflow.settings().limits().response(), Time.system())
                .open()) {
            return mlflow.stream(call);
        }
    }
}
