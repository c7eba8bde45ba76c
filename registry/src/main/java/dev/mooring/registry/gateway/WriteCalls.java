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
import dev.mooring.spring.request.ClientConnection;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Passes on changes of the registry. Each is sent once. Thread-safe. */
final class WriteCalls {
    private static final String CREATE = "2.0/mlflow/model-versions/create";
    private static final int NO_BODY = 304;
    /** The answer to a change holds one model, or one version. */
    private static final int LARGEST_ANSWER = 4 * 1024 * 1024;

    private final HttpBackend mlflow;
    private final Outgoing outgoing;
    private final Observers observers;
    private final Creates creates;
    private final AnswersOfCreates answers;

    WriteCalls(HttpBackend mlflow, Outgoing outgoing, Observers observers, Creates creates, AnswersOfCreates answers) {
        this.mlflow = mlflow;
        this.outgoing = outgoing;
        this.observers = observers;
        this.creates = creates;
        this.answers = answers;
    }

    void forward(Incoming incoming, RegistryCall seen, HttpServletResponse response) throws IOException {
        try {
            if (incoming.call().path().resource().equals(CREATE)) {
                Creates.Made made = creates.create(seen, body -> send(incoming, body));
                write(incoming, seen, made.reply(), response);
                if (made.reply().isSuccess()) {
                    answers.sent(made.key(), made.id(), connection(incoming));
                }
            } else {
                write(incoming, seen, send(incoming, seen.body()), response);
            }
        } catch (AwayException away) {
            if (away.reach() == Reach.UNKNOWN) {
                observers.lost(seen);
            }
            throw new ProblemException(away.problem());
        }
    }

    private static @Nullable ClientConnection connection(Incoming incoming) {
        Object found = incoming.request().getAttribute(ClientConnection.ATTRIBUTE);
        return found instanceof ClientConnection connection ? connection : null;
    }

    private void write(Incoming incoming, RegistryCall seen, HttpReply reply, HttpServletResponse response)
            throws IOException {
        if (reply.header("Content-Encoding").isEmpty()) {
            observers.saw(seen, new RegistryAnswer(reply.status(), reply.body()));
        }
        outgoing.head(incoming, reply.status(), reply.headers(), response);
        if (!Meaning.isRedirect(reply.status()) && reply.status() != NO_BODY) {
            response.setContentLength(reply.body().length);
            response.getOutputStream().write(reply.body());
        }
        response.flushBuffer();
    }

    private HttpReply send(Incoming incoming, byte[] body) throws AwayException {
        try {
            HttpReply reply = mlflow.send(incoming.outgoing(body).atMost(LARGEST_ANSWER));
            Meaning.check(incoming.call(), reply.status(), reply.headers());
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
