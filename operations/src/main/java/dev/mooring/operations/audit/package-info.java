/**
 * The audit: which caller did what to the service, when and why. Its table only grows, and each row's hash depends on the row before.
 * An application adds entries for its own acts through {@link dev.mooring.operations.audit.Audit}. What may come in: how entries are
 * stored, read and verified. Not: the acts.
 */
@NullMarked
package dev.mooring.operations.audit;

import org.jspecify.annotations.NullMarked;
