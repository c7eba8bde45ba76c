package dev.mooring.registry.gateway;

import dev.mooring.breaker.DependencySaturatedException;
import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.http.HttpBackend;
import dev.mooring.http.HttpCallException;
import dev.mooring.http.HttpReply;
import dev.mooring.http.NotSentException;
import dev.mooring.registry.gateway.AwayException.Reach;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Passes on changes of the registry. Each is sent once. Thread-safe. */
final class WriteCalls {
    private static final String CREATE = "2.0/mlflow/model-versions/create";
    private static final int NO_BODY = 304;

    private final HttpBackend mlflow;
    private final Outgoing outgoing;
    private final Observers observers;
    private final Creates creates;

    WriteCalls(HttpBackend mlflow, Outgoing outgoing, Observers observers, Creates creates) {
        this.mlflow = mlflow;
        this.outgoing = outgoing;
        this.observers = observers;
        this.creates = creates;
    }

    void forward(Incoming incoming, RegistryCall seen, HttpServletResponse response) throws IOException {
        HttpReply reply;
        try {
            reply = incoming.call().path().resource().equals(CREATE)
                    ? creates.create(seen, body -> send(incoming, body))
                    : send(incoming, seen.body());
        } catch (AwayException away) {
            throw new ProblemException(away.problem());
        }
        outgoing.head(incoming, reply.status(), reply.headers(), response);
        if (reply.header("Content-Encoding").isEmpty()) {
            observers.saw(seen, new RegistryAnswer(reply.status(), reply.body()));
        }
        if (!Meaning.isRedirect(reply.status()) && reply.status() != NO_BODY) {
            response.setContentLength(reply.body().length);
            response.getOutputStream().write(reply.body());
        }
        response.flushBuffer();
    }

    private HttpReply send(Incoming incoming, byte[] body) throws AwayException {
        try {
            HttpReply reply = mlflow.send(incoming.outgoing(body));
            Meaning.check(incoming, reply.status(), reply.headers());
            Meaning.check(reply);
            return reply;
        } catch (DependencyUnavailableException refused) {
            throw new AwayException(Away.of(refused), Reach.NOT_SENT);
        } catch (DependencySaturatedException full) {
            throw new AwayException(Problem.saturated(String.valueOf(full.getMessage())), Reach.NOT_SENT);
        } catch (NotSentException ended) {
            throw new AwayException(Away.of(ended), Reach.NOT_SENT);
        } catch (HttpCallException ended) {
            throw new AwayException(Away.of(ended), Reach.UNKNOWN);
        }
    }
}
