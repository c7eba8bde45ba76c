package dev.mooring.operations.audit;

/**
 * Something that is wrong with the chain.
 *
 * @param kind what, for programs
 * @param seq the number of the first entry that it is about
 * @param message what, for people
 */
public record ChainFinding(Kind kind, long seq, String message) {
    /** What can be wrong. */
    public enum Kind {
        /** An entry does not say what it said, is not where it was, or was made by somebody else. */
        CHANGED,
        /** Entries between others are gone. */
        REMOVED,
        /** Entries at the end are gone, or were added without the chain's end. */
        CUT_OFF
    }
}
