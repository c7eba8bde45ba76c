package dev.mooring.operations.audit;

import java.util.List;

/**
 * The result of a verification.
 *
 * @param entries how many entries it read
 * @param last the last entry that it read
 * @param complete whether it read all entries
 * @param findings the faults, at most 100
 */
public record ChainVerdict(long entries, ChainLink last, boolean complete, List<ChainFinding> findings) {
    public ChainVerdict {
        findings = List.copyOf(findings);
    }

    /** Whether the verification read the whole chain and found no fault. */
    public boolean intact() {
        return complete && findings.isEmpty();
    }
}
