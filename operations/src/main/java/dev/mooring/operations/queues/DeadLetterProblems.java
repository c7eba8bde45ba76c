package dev.mooring.operations.queues;

import dev.mooring.spring.body.Text;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import java.time.Duration;
import java.util.UUID;

/** The error answers of {@code /ops/dead-letters}. */
final class DeadLetterProblems {
    private static final Duration SOON = Duration.ofSeconds(1);

    private DeadLetterProblems() {}

    static ProblemException notFound(String id) {
        return ProblemException.notFound(
                "dead_letter_not_found",
                "There is no dead letter with the id \"" + Text.shown(id) + "\"; /ops/dead-letters lists them.");
    }

    static ProblemException notDead(UUID id, String state) {
        String now =
                switch (state) {
                    case "pending" -> "waits to be delivered, or is on its way";
                    case "sent" -> "is delivered";
                    case "rejected" -> "was rejected by its destination";
                    default -> "was changed at the same time; ask again";
                };
        return new ProblemException(
                Problem.of(409, "not_a_dead_letter", "The message " + id + " " + now + ", so nothing was changed."));
    }

    static ProblemException busy(UUID id) {
        return new ProblemException(Problem.of(
                        409,
                        "key_is_busy",
                        "Another transaction adds messages of the same key as " + id
                                + ", so nothing was changed; try again when it has ended.")
                .withRetryAfter(SOON));
    }
}
