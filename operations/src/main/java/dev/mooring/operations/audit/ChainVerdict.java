package dev.mooring.operations.audit;

import java.util.List;

/**
 * What a verification came to.
 *
 * @param entries how many entries were looked at
 * @param last the last of them
 * @param complete whether all were looked at
 * @param findings what is wrong, at most 100
 */
public record ChainVerdict(long entries, ChainLink last, boolean complete, List<ChainFinding> findings) {
    public ChainVerdict {
        findings = List.copyOf(findings);
    }

    /** Whether the whole chain was looked at and is as it was written. */
    public boolean intact() {
        return complete && findings.isEmpty();
    }
}
