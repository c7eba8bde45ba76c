package dev.mooring.cli.database;

import dev.mooring.failure.Failure;

/**
 * A failure in a JSON document.
 *
 * @param code the failure kind
 * @param detail what happened
 * @param hint what to check
 */
record ProblemEntry(String code, String detail, String hint) {
    static ProblemEntry of(Failure failure) {
        return new ProblemEntry(
                failure.kind().code(), failure.message(), failure.kind().hint());
    }
}
