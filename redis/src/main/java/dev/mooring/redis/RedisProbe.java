package dev.mooring.redis;

import dev.mooring.failure.FailureKind;
import dev.mooring.probe.Probe;
import dev.mooring.probe.ProbeAnswer;
import dev.mooring.probe.ProbeAttempt;
import dev.mooring.probe.ProbeKind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks on a connection that calls never use what {@link Questions} says: whether Redis answers, serves reads, and takes writes. A server
 * that takes no writes works with a finding. The session probe leaves a server that became a replica. Thread-safe.
 */
final class RedisProbe implements Probe, AutoCloseable {
    private final Supplier<CompletableFuture<Link>> opening;
    private final Questions questions;

    /** The connection of the session probe between two probes. */
    private final AtomicReference<@Nullable Link> session = new AtomicReference<>();

    RedisProbe(Supplier<CompletableFuture<Link>> opening, Questions questions) {
        this.opening = opening;
        this.questions = questions;
    }

    @Override
    public ProbeAnswer ask(ProbeAttempt attempt) {
        Link kept = attempt.kind() == ProbeKind.SESSION ? session.getAndSet(null) : null;
        Optional<ProbeAnswer> known = kept == null ? Optional.empty() : onSession(kept, attempt);
        return known.orElseGet(() -> onFreshConnection(attempt));
    }

    /** Empty if the connection is gone, or leads to a server that another one may have replaced. */
    private Optional<ProbeAnswer> onSession(Link kept, ProbeAttempt attempt) {
        if (!kept.isOpen()) {
            kept.close();
            return Optional.empty();
        }
        attempt.onAbandon(kept);
        attempt.connected();
        boolean keep = false;
        try {
            ProbeAnswer answer = questions.ask(kept, attempt.timeout());
            keep = answer.findings().stream().noneMatch(finding -> finding.kind() == FailureKind.READ_ONLY);
            return keep ? Optional.of(answer) : Optional.empty();
        } finally {
            leave(kept, keep);
        }
    }

    private ProbeAnswer onFreshConnection(ProbeAttempt attempt) {
        CompletableFuture<Link> coming = opening.get();
        attempt.onAbandon(() -> Link.abandon(coming));
        Link link = connected(coming, attempt.connectTimeout());
        attempt.connected();
        boolean keep = false;
        try {
            ProbeAnswer answer = questions.ask(link, attempt.timeout());
            keep = attempt.kind() == ProbeKind.SESSION;
            return answer;
        } finally {
            leave(link, keep);
        }
    }

    private static Link connected(CompletableFuture<Link> coming, Duration limit) {
        try {
            return Waiting.within(limit, coming.copy());
        } catch (RuntimeException late) {
            Link.abandon(coming);
            throw late;
        }
    }

    private void leave(@Nullable Link link, boolean keep) {
        Link before = keep ? session.getAndSet(link) : link;
        if (before != null) {
            before.close();
        }
    }

    @Override
    public void close() {
        leave(null, true);
    }
}
