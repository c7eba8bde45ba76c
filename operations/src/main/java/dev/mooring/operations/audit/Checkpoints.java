package dev.mooring.operations.audit;

import dev.mooring.operations.control.ControlTransactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Checkpoints of the audit. While there is a key for signatures, it logs one at the start and then every 5 minutes, if the chain has grown.
 * Thread-safe.
 */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final Duration PERIOD = Duration.ofMinutes(5);

    private final Audit audit;
    private final Optional<CheckpointSigner> signer;

    /** The end of the chain that was logged last. Only the control thread uses it. */
    private ChainLink logged = ChainLink.origin();

    Checkpoints(ControlTransactions control, Audit audit, Optional<CheckpointSigner> signer) {
        this.audit = audit;
        this.signer = signer;
        signer.ifPresent(key -> control.every(PERIOD, "logging a checkpoint of the audit", this::log));
    }

    Optional<CheckpointSigner> signer() {
        return signer;
    }

    private void log(JdbcClient database) {
        Optional<ChainLink> end = audit.end(database).filter(link -> !link.equals(logged));
        if (end.isPresent() && signer.isPresent()) {
            Checkpoint checkpoint = signer.get().sign(end.get(), Instant.now());
            LOG.atInfo()
                    .addKeyValue("audit_seq", end.get().seq())
                    .addKeyValue("audit_checkpoint", checkpoint.toString())
                    .log("audit checkpoint {}", checkpoint);
            logged = end.get();
        }
    }
}
