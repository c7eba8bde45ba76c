package dev.mooring.operations.queues;

import dev.mooring.messages.DeadLetter;
import dev.mooring.messages.DeadLetters;
import dev.mooring.operations.access.Caller;
import dev.mooring.operations.audit.Audit;
import dev.mooring.operations.audit.AuditEntry;
import dev.mooring.operations.control.ControlTransactions;
import dev.mooring.operations.control.SchemaMissing;
import dev.mooring.spring.body.Text;
import dev.mooring.spring.page.PageRequest;
import dev.mooring.spring.problem.ProblemException;
import dev.mooring.time.Time;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads dead letters, puts them back and discards them. An act and its entry in the audit are one transaction. Thread-safe. */
final class DeadLetterActs {
    private static final Duration LIMIT = Duration.ofSeconds(4);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int MOST_TRIES = 10;
    private static final int LONGEST_DETAIL = 4_000;

    private final ControlTransactions control;
    private final Audit audit;
    private final boolean hasQueues;
    private final Time time;

    /** @param hasQueues whether the application has queues; without them it need not have the outbox */
    DeadLetterActs(ControlTransactions control, Audit audit, boolean hasQueues, Time time) {
        this.time = time;
        this.control = control;
        this.audit = audit;
        this.hasQueues = hasQueues;
    }

    /** A dead letter, and how many messages of its key ended after it. */
    record Shown(DeadLetter letter, long later) {}

    List<DeadLetter> page(Optional<String> destination, PageRequest request) {
        try {
            return control.transact(
                    (session, database) -> DeadLetters.page(
                            session, destination, request.below(), request.rows(), PageRequest.MOST_BYTES),
                    LIMIT);
        } catch (DataAccessException failed) {
            if (!hasQueues && SchemaMissing.isBehind(failed)) {
                return List.of();
            }
            throw failed;
        }
    }

    Optional<Shown> find(UUID id) {
        return control.transact((session, database) -> shown(session, DeadLetters.find(session, id)), LIMIT);
    }

    /** Puts it back; ends the request with 404 or 409 where that is not possible. */
    Shown replay(UUID id, Caller by) {
        return act(id, by, "dead_letter.replay", DeadLetters::replay);
    }

    /** Deletes it; ends the request with 404 or 409 where that is not possible. */
    Shown discard(UUID id, Caller by) {
        return act(id, by, "dead_letter.discard", DeadLetters::discard);
    }

    /** The control thread waits for no transaction of the application, so a busy key is tried again from here. */
    private Shown act(UUID id, Caller by, String action, Act act) {
        for (int tries = 1; ; tries++) {
            Optional<Shown> done =
                    control.transact((session, database) -> acted(session, database, id, by, action, act), LIMIT);
            if (done.isPresent()) {
                return done.get();
            }
            if (tries == MOST_TRIES || !paused()) {
                throw DeadLetterProblems.busy(id);
            }
        }
    }

    private boolean paused() {
        try {
            time.sleep(PAUSE);
            return true;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Empty when another transaction has the key just then. */
    private Optional<Shown> acted(Connection session, JdbcClient database, UUID id, Caller by, String action, Act act)
            throws SQLException {
        Supplier<ProblemException> refusal = refusal(session, id);
        DeadLetter found = DeadLetters.find(session, id).orElseThrow(refusal);
        if (!DeadLetters.reserve(session, found)) {
            return Optional.empty();
        }
        DeadLetter letter = act.on(session, id).orElseThrow(refusal);
        Shown shown = new Shown(letter, DeadLetters.later(session, letter));
        String subject = letter.destination() + "/" + id;
        audit.enter(database, AuditEntry.of(by.name(), action, subject, "", details(shown)));
        return Optional.of(shown);
    }

    private static Supplier<ProblemException> refusal(Connection session, UUID id) throws SQLException {
        Optional<String> state = DeadLetters.stateOf(session, id);
        return () -> state.map(now -> DeadLetterProblems.notDead(id, now))
                .orElseGet(() -> DeadLetterProblems.notFound(id.toString()));
    }

    private static Optional<Shown> shown(Connection session, Optional<DeadLetter> letter) throws SQLException {
        return letter.isEmpty()
                ? Optional.empty()
                : Optional.of(new Shown(letter.get(), DeadLetters.later(session, letter.get())));
    }

    private static String details(Shown shown) {
        DeadLetter letter = shown.letter();
        String all = "type " + letter.type() + "; key " + letter.key() + "; " + letter.attempts() + " attempts; "
                + letter.causeKind() + ": " + letter.causeMessage() + "; " + letter.waiting()
                + " messages of its key wait, " + shown.later() + " ended after it";
        return Text.shown(all, LONGEST_DETAIL);
    }

    /** What happens to a dead letter. */
    @FunctionalInterface
    private interface Act {
        Optional<DeadLetter> on(Connection session, UUID id) throws SQLException;
    }
}
