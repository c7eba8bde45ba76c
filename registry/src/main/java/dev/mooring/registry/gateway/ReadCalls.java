package dev.mooring.registry.gateway;

import dev.mooring.breaker.DependencyUnavailableException;
import dev.mooring.http.HttpBackend;
import dev.mooring.http.HttpCall;
import dev.mooring.http.HttpCallException;
import dev.mooring.http.StreamedReply;
import dev.mooring.registry.backend.MlflowSettings;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import dev.mooring.spring.request.Degraded;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Passes on reads of the registry. The client's answer begins once MLflow's is here, so that an observer can still answer when MLflow's breaks.
 * Thread-safe.
 */
final class ReadCalls {
    /** What is kept of the time for an answer without MLflow. */
    private static final Duration FOR_OBSERVERS = Duration.ofSeconds(2);
    /** At most this part of the time is kept. */
    private static final int PART = 4;

    private final HttpBackend mlflow;
    private final Outgoing outgoing;
    private final Observers observers;
    private final Duration time;

    ReadCalls(HttpBackend mlflow, Outgoing outgoing, Observers observers) {
        this.mlflow = mlflow;
        this.outgoing = outgoing;
        this.observers = observers;
        Duration all = mlflow.settings().limits().response();
        Duration part = all.dividedBy(PART);
        this.time = all.minus(part.compareTo(FOR_OBSERVERS) < 0 ? part : FOR_OBSERVERS);
    }

    void forward(Incoming incoming, RegistryCall seen, HttpServletResponse response) throws IOException {
        HttpCall call = incoming.outgoing(seen.body()).repeatable();
        try (StreamedReply reply = open(call)) {
            WholeAnswer answer = whole(incoming, reply);
            outgoing.head(incoming, reply.status(), reply.headers(), response);
            Outgoing.length(reply, response);
            Copy.all(incoming, answer, reply, response);
            if (answer.isWhole()
                    && !incoming.isHead()
                    && reply.header(HttpHeaders.CONTENT_ENCODING).isEmpty()) {
                observers.saw(seen, new RegistryAnswer(reply.status(), answer.beginning()));
            }
        } catch (DependencyUnavailableException refused) {
            withoutMlflow(seen, Away.of(refused), response);
        } catch (HttpCallException ended) {
            withoutMlflow(seen, Away.of(ended), response);
        } catch (AwayException away) {
            withoutMlflow(seen, away.problem(), response);
        }
    }

    /** All attempts together have the time; what is kept of it is for the answer without MLflow. */
    private StreamedReply open(HttpCall call) throws HttpCallException {
        try (Deadline.Scope scope =
                Deadline.in(Deadline.cut(time), Time.system()).open()) {
            return mlflow.stream(call);
        }
    }

    /** Reads an answer, unless it says that MLflow does not work. */
    private static WholeAnswer whole(Incoming incoming, StreamedReply reply) throws HttpCallException, AwayException {
        Meaning.check(incoming.call(), reply.status(), reply.headers());
        WholeAnswer answer = WholeAnswer.read(reply);
        if (answer.isWhole()) {
            Meaning.check(answer.with(reply));
        }
        return answer;
    }

    private void withoutMlflow(RegistryCall seen, Problem refusal, HttpServletResponse response) throws IOException {
        OutageAnswer answer = observers.answerInOutage(seen).orElseThrow(() -> new ProblemException(refusal));
        Degraded.mark(response, MlflowSettings.NAME);
        response.setHeader(
                HttpHeaders.AGE, Long.toString(Math.max(0, answer.age().toSeconds())));
        response.setStatus(answer.status());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
        response.flushBuffer();
    }
}
