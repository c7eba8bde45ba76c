/**
 * Access: keys, scopes, and which call needs which scope. Each feature declares its own endpoints as a bean of
 * {@link dev.mooring.operations.access.EndpointScopes}. Everything here answers from memory, so it works while the database is down;
 * only a key that memory does not know may wait for a service that knows it ({@link dev.mooring.operations.access.ValidatedKeys}), and
 * never in a call of operations. What may come in: kinds of keys and rules. Not: what the calls do.
 */
@NullMarked
package dev.mooring.operations.access;

import org.jspecify.annotations.NullMarked;
