package dev.mooring.operations.audit;

import dev.mooring.failure.Coded;

/**
 * A fault in the chain.
 *
 * @param kind the fault, for programs
 * @param seq the number of the first entry that it concerns
 * @param message the fault, for people
 */
public record ChainFinding(Kind kind, long seq, String message) {
    /** The faults that a verification finds. */
    public enum Kind implements Coded {
        /** An entry differs from what the service wrote, stands elsewhere, or does not come from the service. */
        CHANGED,
        /** Entries between others are missing. */
        REMOVED,
        /** Entries at the end are missing, or the recorded end of the chain is missing or does not agree with them. */
        CUT_OFF,
        /** The checkpoint that the caller noted does not carry this service's signature. */
        NOT_SIGNED
    }
}
