package dev.mooring.operations.queues;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.mooring.messages.DeadLetter;
import dev.mooring.messages.FailedAttempt;
import dev.mooring.operations.access.Caller;
import dev.mooring.spring.body.Answer;
import dev.mooring.spring.body.Mistakes;
import dev.mooring.spring.body.Text;
import dev.mooring.spring.page.Page;
import dev.mooring.spring.page.PageRequest;
import dev.mooring.spring.page.PagedList;
import dev.mooring.spring.request.RequestMemory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Serves {@code /ops/dead-letters}: what could not be delivered, newest first, and what an operator does with it. */
@RestController
@RequestMapping("/ops/dead-letters")
final class DeadLetterController {
    private static final PagedList LETTERS = PagedList.newestFirst("d");
    private static final int LONGEST_DESTINATION = 60;
    /** A dead letter is in memory as the database sends it, and as texts. */
    private static final long COPIES = 2;

    private final DeadLetterActs acts;

    DeadLetterController(DeadLetterActs acts) {
        this.acts = acts;
    }

    @GetMapping
    LetterList list(
            @RequestParam(required = false, defaultValue = "") String destination,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(name = "page_token", required = false) @Nullable String token) {
        Mistakes mistakes = new Mistakes();
        PageRequest request = PageRequest.of(LETTERS, limit, token, mistakes);
        mistakes.addIf("destination", Text.objectionToFree(destination, LONGEST_DESTINATION));
        mistakes.refuseIfAny();
        Optional<String> only = destination.isEmpty() ? Optional.empty() : Optional.of(destination);
        List<DeadLetter> rows = acts.page(only, request);
        RequestMemory.take(COPIES * rows.stream().mapToLong(DeadLetter::bytes).sum());
        Page<DeadLetter> page = Page.of(rows, request, LETTERS, row -> String.valueOf(row.seq()), DeadLetter::bytes);
        return new LetterList(page.items().stream().map(LetterView::listed).toList(), page.nextToken());
    }

    @GetMapping("/{id}")
    LetterView one(@PathVariable String id) {
        return LetterView.of(Text.uuid(id).flatMap(acts::find).orElseThrow(() -> DeadLetterProblems.notFound(id)));
    }

    /** The answer shows the message as it was when it was dead. */
    @PostMapping("/{id}/replay")
    LetterView replay(@PathVariable String id, Caller caller) {
        return LetterView.of(acts.replay(known(id), caller));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@PathVariable String id, Caller caller) {
        DeadLetterActs.Shown gone = acts.discard(known(id), caller);
        assert gone.later() >= 0;
    }

    private static UUID known(String id) {
        return Text.uuid(id).orElseThrow(() -> DeadLetterProblems.notFound(id));
    }

    @Answer
    record LetterList(
            List<LetterView> deadLetters, @Nullable String nextPageToken) {}

    /** A dead letter; {@code later} is in the answer about one only. */
    @Answer
    record LetterView(
            UUID id,
            String destination,
            String key,
            String type,
            Instant createdAt,
            Instant diedAt,
            int attempts,
            CauseView cause,
            List<AttemptView> history,
            long waiting,
            @Nullable Long later,
            @JsonRawValue String payload) {
        static LetterView listed(DeadLetter letter) {
            return of(letter, null);
        }

        static LetterView of(DeadLetterActs.Shown shown) {
            return of(shown.letter(), shown.later());
        }

        private static LetterView of(DeadLetter letter, @Nullable Long later) {
            return new LetterView(
                    letter.id(),
                    letter.destination(),
                    letter.key(),
                    letter.type(),
                    letter.createdAt(),
                    letter.diedAt(),
                    letter.attempts(),
                    new CauseView(letter.causeKind(), letter.causeMessage()),
                    letter.history().stream().map(AttemptView::of).toList(),
                    letter.waiting(),
                    later,
                    letter.payload());
        }
    }

    @Answer
    record CauseView(String kind, String message) {}

    @Answer
    record AttemptView(Instant at, String kind, String message) {
        static AttemptView of(FailedAttempt attempt) {
            return new AttemptView(attempt.at(), attempt.kind(), attempt.message());
        }
    }
}
