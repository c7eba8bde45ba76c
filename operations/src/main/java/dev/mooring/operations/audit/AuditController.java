package dev.mooring.operations.audit;

import dev.mooring.operations.control.ControlTransactions;
import dev.mooring.spring.body.Answer;
import dev.mooring.spring.body.Mistakes;
import dev.mooring.spring.body.Text;
import dev.mooring.spring.page.Page;
import dev.mooring.spring.page.PageRequest;
import dev.mooring.spring.page.PagedList;
import dev.mooring.spring.problem.Problem;
import dev.mooring.spring.problem.ProblemException;
import dev.mooring.spring.request.RequestMemory;
import dev.mooring.time.Deadline;
import dev.mooring.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves {@code /ops/audit}: reads entries, newest first, and verifies the chain. */
@RestController
@RequestMapping("/ops/audit")
final class AuditController {
    private static final Duration LIMIT = Duration.ofSeconds(4);
    /** A verification reads another part of the chain only while at least this much of the request's time is left. */
    private static final Duration ENOUGH = Duration.ofSeconds(1);

    private static final PagedList ENTRIES = PagedList.newestFirst("a");
    private static final int LONGEST_ACTOR = 1_000;
    /** A text is in memory as the database sends it, and as a text. */
    private static final long COPIES = 3;

    private final ControlTransactions control;
    private final Audit audit;
    private final Optional<CheckpointSigner> signer;

    AuditController(ControlTransactions control, Audit audit, Optional<CheckpointSigner> signer) {
        this.control = control;
        this.audit = audit;
        this.signer = signer;
    }

    @GetMapping
    EntryList entries(
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false, defaultValue = "") String actor,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(name = "page_token", required = false) @Nullable String token) {
        Mistakes mistakes = new Mistakes();
        PageRequest request = PageRequest.of(ENTRIES, limit, token, mistakes);
        Instant from = SinceParameter.read(since, Instant.now(), mistakes);
        mistakes.addIf("actor", Text.objectionToFree(actor, LONGEST_ACTOR));
        mistakes.refuseIfAny();
        AuditQuery query = new AuditQuery(from, actor, request.below(), request.rows());
        List<RecordedEntry> rows = control.call(database -> audit.read(database, query), LIMIT);
        RequestMemory.take(
                COPIES * rows.stream().mapToLong(RecordedEntry::bytes).sum());
        Page<RecordedEntry> page =
                Page.of(rows, request, ENTRIES, row -> String.valueOf(row.link().seq()), RecordedEntry::bytes);
        return new EntryList(page.items().stream().map(EntryView::of).toList(), page.nextToken());
    }

    /**
     * Verifies as much as fits into the request's time, from the entry after {@code after_seq} on. The chain must hold the entry that
     * {@code seq} and {@code hash} give, or a checkpoint.
     */
    @GetMapping("/verification")
    VerdictView verify(
            @RequestParam(required = false) @Nullable String seq,
            @RequestParam(required = false) @Nullable String hash,
            @RequestParam(required = false) @Nullable String checkpoint,
            @RequestParam(name = "after_seq", required = false) @Nullable String afterSeq,
            @RequestParam(name = "after_hash", required = false) @Nullable String afterHash) {
        Mistakes mistakes = new Mistakes();
        NotedLink noted = NotedLink.read(seq, hash, checkpoint, signer, mistakes);
        Optional<ChainLink> after = NotedLink.link("after_seq", afterSeq, "after_hash", afterHash, mistakes);
        mistakes.refuseIfAny();
        ChainWalk walk = new ChainWalk(noted.link(), after.orElseGet(ChainLink::origin));
        noted.finding().ifPresent(walk::add);
        Deadline end = Deadline.current().orElseGet(() -> Deadline.in(LIMIT, Time.system()));
        boolean more;
        do {
            more = control.call(walk::step, LIMIT);
        } while (more && end.left().compareTo(ENOUGH) > 0);
        return VerdictView.of(walk.verdict());
    }

    /** The end of the chain, to be noted outside the database; signed where there is a key for signatures. */
    @GetMapping("/checkpoint")
    CheckpointView checkpoint() {
        ChainLink last = control.call(audit::end, LIMIT)
                .orElseThrow(
                        () -> new ProblemException(
                                Problem.of(
                                        409,
                                        "audit_chain_broken",
                                        "The recorded end of the audit's chain is missing; GET /ops/audit/verification says what is wrong.")));
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String signed = signer.map(key -> key.sign(last, now).toString()).orElse(null);
        return new CheckpointView(last.seq(), last.hash(), now, signed);
    }

    /** The end of the chain; without a key for signatures it has no {@code checkpoint}. */
    @Answer
    record CheckpointView(
            long seq, String hash, Instant at, @Nullable String checkpoint) {}

    @Answer
    record EntryList(List<EntryView> entries, @Nullable String nextPageToken) {}

    @Answer
    record EntryView(
            long seq,
            Instant at,
            String actor,
            String action,
            String subject,
            String reason,
            String details,
            Instant enteredAt,
            String hash) {
        static EntryView of(RecordedEntry row) {
            return new EntryView(
                    row.link().seq(),
                    row.entry().at(),
                    row.entry().actor(),
                    row.entry().action(),
                    row.entry().subject(),
                    row.entry().reason(),
                    row.entry().details(),
                    row.enteredAt(),
                    row.link().hash());
        }
    }

    @Answer
    record VerdictView(boolean intact, boolean complete, long entries, ChainLink last, List<FindingView> findings) {
        static VerdictView of(ChainVerdict verdict) {
            return new VerdictView(
                    verdict.intact(),
                    verdict.complete(),
                    verdict.entries(),
                    verdict.last(),
                    verdict.findings().stream().map(FindingView::of).toList());
        }
    }

    @Answer
    record FindingView(String kind, long seq, String message) {
        static FindingView of(ChainFinding finding) {
            return new FindingView(finding.kind().code(), finding.seq(), finding.message());
        }
    }
}
