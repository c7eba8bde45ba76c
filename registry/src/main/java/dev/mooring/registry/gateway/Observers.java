package dev.mooring.registry.gateway;

import dev.mooring.registry.mlflow.MlflowException;
import dev.mooring.spring.problem.ProblemException;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The observers, fenced: what one throws is logged, and what one takes is bounded. Thread-safe. */
final class Observers {
    /** How long the client of a write waits for its observers. */
    private static final Duration OF_A_WRITE = Duration.ofSeconds(1);
    /** How long a client waits for an answer in an outage. */
    private static final Duration IN_OUTAGE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

    private final List<RegistryObserver> all;

    Observers(List<RegistryObserver> all) {
        this.all = List.copyOf(all);
    }

    void saw(RegistryCall call, RegistryAnswer answer) {
        try (Deadline.Scope scope = Deadline.in(OF_A_WRITE, Time.system()).open()) {
            all.forEach(one -> one.saw(call, answer));
        } catch (RuntimeException failed) {
            tell(call, failed);
        }
    }

    void lost(RegistryCall call) {
        try (Deadline.Scope scope = Deadline.in(OF_A_WRITE, Time.system()).open()) {
            all.forEach(one -> one.lost(call));
        } catch (RuntimeException failed) {
            tell(call, failed);
        }
    }

    Optional<OutageAnswer> answerInOutage(RegistryCall call) {
        try (Deadline.Scope scope = Deadline.in(IN_OUTAGE, Time.system()).open()) {
            return all.stream()
                    .flatMap(one -> one.answerInOutage(call).stream())
                    .findFirst();
        } catch (RuntimeException failed) {
            tell(call, failed);
            return Optional.empty();
        }
    }

    /** A refusal, for want of memory or of a body in JSON, is an answer and no defect, and clients can bring about many. */
    private static void tell(RegistryCall call, RuntimeException failed) {
        String path = call.call().path().rest();
        if (failed instanceof ProblemException || failed instanceof MlflowException) {
            LOG.debug("an observer of {} was refused: {}", path, failed.toString());
        } else {
            LOG.warn("an observer of {} failed: {}", path, failed.toString());
        }
    }
}
