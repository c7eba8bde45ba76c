/**
 * Who did what to the service, when and why: an append-only table whose rows are chained by hashes. An application adds entries for
 * its own acts through {@link dev.mooring.operations.audit.Audit}. What may come in: how entries are kept, read and verified. Not: the
 * acts.
 */
@NullMarked
package dev.mooring.operations.audit;

import org.jspecify.annotations.NullMarked;
