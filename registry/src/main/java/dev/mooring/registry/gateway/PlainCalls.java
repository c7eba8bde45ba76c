package dev.mooring.registry.gateway;

import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.http.HttpBackend;
import dev.mooring.http.HttpCall;
import dev.mooring.http.HttpCallException;
import dev.mooring.http.StreamedReply;
import dev.mooring.spring.problem.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Passes on calls whose requests are small and whose answers are of any size, such as those of tracking. Thread-safe. */
final class PlainCalls {
    private final HttpBackend mlflow;
    private final Outgoing outgoing;

    PlainCalls(HttpBackend mlflow, Outgoing outgoing) {
        this.mlflow = mlflow;
        this.outgoing = outgoing;
    }

    void forward(Incoming incoming, HttpServletResponse response) throws IOException {
        HttpCall call = incoming.outgoing(incoming.request().getInputStream().readAllBytes());
        try (StreamedReply reply = open(incoming.isRead() ? call.repeatable() : call)) {
            outgoing.all(incoming, reply, response);
        }
    }

    private StreamedReply open(HttpCall call) {
        try {
            return mlflow.stream(call);
        } catch (DependencyUnavailableException refused) {
            throw new ProblemException(Away.of(refused));
        } catch (HttpCallException ended) {
            throw new ProblemException(Away.of(ended));
        }
    }
}
