package dev.mooring.operations.audit;

import dev.mooring.operations.control.ControlTransactions;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Checkpoints of the audit. While there is a key for signatures, it logs one about 10 s after the chain has grown, at most one a minute.
 * Thread-safe.
 */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Audit audit;
    private final Optional<CheckpointSigner> signer;
    private final Time time;

    /** The end of the chain that was logged last. Only the control thread uses it. */
    private ChainLink logged = ChainLink.origin();

    /** When that was, in nanoseconds; empty before the first. Only the control thread uses it. */
    private Optional<Long> loggedAt = Optional.empty();

    Checkpoints(ControlTransactions control, Audit audit, Optional<CheckpointSigner> signer, Time time) {
        this.audit = audit;
        this.signer = signer;
        this.time = time;
        signer.ifPresent(key -> control.every(LOOK, "logging a checkpoint of the audit", this::log));
    }

    Optional<CheckpointSigner> signer() {
        return signer;
    }

    private void log(JdbcClient database) {
        long now = time.nanos();
        if (loggedAt.filter(last -> now - last < PAUSE.toNanos()).isPresent()) {
            return;
        }
        Optional<ChainLink> end = audit.end(database).filter(link -> !link.equals(logged));
        if (end.isPresent() && signer.isPresent()) {
            Checkpoint checkpoint = signer.get().sign(end.get(), time.now());
            LOG.atInfo()
                    .addKeyValue("audit_seq", end.get().seq())
                    .addKeyValue("audit_checkpoint", checkpoint.toString())
                    .log("audit checkpoint {}", checkpoint);
            logged = end.get();
            loggedAt = Optional.of(now);
        }
    }
}
