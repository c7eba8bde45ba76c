/**
 * Who did what to the service, when and why: an append-only table whose rows are chained by hashes. {@link
 * dev.mooring.registry.audit.Audit} is the way in. What may come in: how entries are kept, read and verified. Not: what is done.
 */
@NullMarked
package dev.mooring.registry.audit;

import org.jspecify.annotations.NullMarked;
