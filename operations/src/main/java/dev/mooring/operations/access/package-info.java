/**
 * Access: keys, scopes, and which call needs which scope. Each feature declares its own endpoints as a bean of
 * {@link dev.mooring.operations.access.EndpointScopes}. Everything here answers from memory, so it works while the database is down.
 * What may come in: kinds of keys and rules. Not: what the calls do.
 */
@NullMarked
package dev.mooring.operations.access;

import org.jspecify.annotations.NullMarked;
